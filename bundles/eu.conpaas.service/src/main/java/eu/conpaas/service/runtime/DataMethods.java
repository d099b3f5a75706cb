package eu.conpaas.service.runtime;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.Role;
import eu.conpaas.rpc.Caller;
import eu.conpaas.rpc.Download;
import eu.conpaas.rpc.Json;
import eu.conpaas.rpc.Param;
import eu.conpaas.rpc.RpcMethod;
import eu.conpaas.service.manager.ServiceManager;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a manager answers the director, and nobody else, when its service's data is exported or imported. */
public final class DataMethods {
    private static final Logger LOG = LoggerFactory.getLogger(DataMethods.class);
    private final ServiceManager manager;
    private final ManagerRuntime runtime;
    private final Restoring restoring;

    /** @param cache where contents of the director come to */
    public DataMethods(ServiceManager manager, ManagerRuntime runtime, ContentCache cache) {
        this.manager = manager;
        this.runtime = runtime;
        this.restoring = new Restoring(manager, cache);
    }

    @RpcMethod(value = "data_parts", verb = "GET", help = "The parts of the service's data.")
    public Map<String, Object> parts(Caller caller) throws Exception {
        requireDirector(caller);
        return Map.of("parts", Json.convert(manager.data().parts(runtime.situation()), List.class));
    }

    @RpcMethod(value = "save_data", verb = "GET", help = "Streams a part of the service's data.")
    public Download save(@Param("part") String part, Caller caller) {
        requireDirector(caller);
        return stream(part, out -> manager.data().save(part, runtime.situation(), out));
    }

    @RpcMethod(value = "restore_data", verb = "POST", help = "Has a part put in and says how far that is: RUNNING, DONE, or LATER if the service must run first.")
    public Map<String, Object> restore(@Param("part") String part, @Param("sha256") String sha256, Caller caller) {
        requireDirector(caller);
        return Map.of("state", restoring.go(part, sha256, runtime.situation()));
    }

    interface Writer {
        void writeTo(OutputStream out) throws Exception;
    }

    /** What fails is logged here, since a stream that has begun has no way to say more than that it was cut. */
    static Download stream(String part, Writer writer) {
        return new Download(part, "application/octet-stream", -1, out -> {
            try {
                writer.writeTo(out);
            } catch (IOException e) {
                LOG.warn("saving {} broke off: {}", part, e.getMessage());
                throw e;
            } catch (ApiException e) {
                LOG.warn("saving {} failed: {}", part, e.getMessage());
                throw e;
            } catch (Exception e) {
                LOG.warn("saving {} failed", part, e);
                throw new IOException("saving " + part + " failed: " + e.getMessage(), e);
            }
        });
    }

    static void requireDirector(Caller caller) {
        if (caller.identity() == null || caller.identity().role() != Role.DIRECTOR) {
            throw new ApiException(ErrorCode.FORBIDDEN, "Only the director may do this.", "Use an export of the application.");
        }
    }
}
