package eu.conpaas.engine.tomcat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.catalina.Manager;
import org.apache.catalina.session.StandardSession;
import org.apache.catalina.util.CustomObjectInputStream;
import org.apache.juli.logging.Log;
import org.apache.juli.logging.LogFactory;

/**
 * A session that can be written down and read elsewhere. Each attribute is written by itself, so that one that cannot be is left out alone: it
 * stays on this node, where the session goes on as long as the node lives.
 */
final class SharedSession extends StandardSession {
    private static final long serialVersionUID = 1L;
    private static final Log LOG = LogFactory.getLog(SharedSession.class);
    private static final Set<String> TOLD = ConcurrentHashMap.newKeySet();
    private final transient ClassLoader loader;
    /** Stamp of what is stored, or null if it never has been. */
    private transient volatile String stamp;

    SharedSession(Manager manager) {
        super(manager);
        loader = manager == null ? null : manager.getContext().getLoader().getClassLoader();
    }

    String stamp() {
        return stamp;
    }

    void stamp(String stored) {
        stamp = stored;
    }

    byte[] write() throws IOException {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        for (Map.Entry<String, Object> attribute : attributes.entrySet()) {
            byte[] part = part(attribute.getKey(), attribute.getValue());
            if (part != null) {
                parts.put(attribute.getKey(), part);
            }
        }
        Principal user = getPrincipal();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeLong(creationTime);
            out.writeLong(thisAccessedTime);
            out.writeInt(maxInactiveInterval);
            out.writeObject(getAuthType());
            out.writeObject(user instanceof Serializable ? part("the user", user) : null);
            out.writeInt(parts.size());
            for (Map.Entry<String, byte[]> part : parts.entrySet()) {
                out.writeUTF(part.getKey());
                out.writeObject(part.getValue());
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] part(String name, Object value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        } catch (IOException | RuntimeException e) {
            if (TOLD.add(name)) {
                LOG.warn("The session attribute '" + name + "' cannot be shared with other nodes: " + e);
            }
            return null;
        }
        return bytes.toByteArray();
    }

    /** Becomes the session that was written. */
    void read(String sessionId, byte[] content) throws IOException {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(content))) {
            creationTime = in.readLong();
            thisAccessedTime = in.readLong();
            lastAccessedTime = thisAccessedTime;
            maxInactiveInterval = in.readInt();
            setAuthType((String) in.readObject());
            if (value("the user", (byte[]) in.readObject()) instanceof Principal user) {
                setPrincipal(user);
            }
            for (int left = in.readInt(); left > 0; left--) {
                String name = in.readUTF();
                Object value = value(name, (byte[]) in.readObject());
                if (value != null) {
                    attributes.put(name, value);
                }
            }
        } catch (ClassNotFoundException e) {
            throw new IOException(e);
        }
        isNew = false;
        isValid = true;
        setId(sessionId, false);
    }

    private Object value(String name, byte[] part) throws IOException {
        if (part == null) {
            return null;
        }
        try (ObjectInputStream in = new CustomObjectInputStream(new ByteArrayInputStream(part), loader)) {
            return in.readObject();
        } catch (ClassNotFoundException | RuntimeException e) {
            LOG.warn("The session attribute '" + name + "' cannot be read: " + e);
            return null;
        }
    }
}
