package eu.conpaas.cli;

import eu.conpaas.api.Accepted;
import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.ExportView;
import eu.conpaas.api.Plan;
import eu.conpaas.rpc.Call;
import eu.conpaas.rpc.Download;
import eu.conpaas.rpc.ParamDef;
import eu.conpaas.rpc.Verb;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The made-up director's exports. */
final class FakeExports {
    private static final byte[] FILE = "a whole application".getBytes(StandardCharsets.US_ASCII);
    private static final String ID = "ex-00000000000";
    private final FakeDirector director;
    private final List<ExportView> all = new ArrayList<>();

    FakeExports(FakeDirector director) {
        this.director = director;
    }

    void reset() {
        all.clear();
    }

    void serve() {
        director.on(Verb.POST, "/applications/{aid}/export", call -> begun(call, FakeOperations.plan("export", "Save the data of shop", "Put the file together"),
                () -> add(1, "op-1")));
        director.on(Verb.GET, "/exports", call -> List.copyOf(all));
        director.on(Verb.GET, "/exports/{id}", this::get);
        director.on(Verb.GET, "/exports/{id}/file", call -> Download.of(FILE, "x", "application/x-tar"));
        director.on(Verb.DELETE, "/exports/{id}", call -> {
            all.remove(get(call));
            return true;
        });
        director.on(Verb.POST, "/exports", call -> add(0, null), ParamDef.of("file", ParamDef.Type.FILE));
        director.on(Verb.POST, "/exports/{id}/import", call -> begun(call, FakeOperations.plan("import", "Create shop (php) on cloud iaas", "Start shop with 1 nodes"),
                () -> { }));
    }

    private Accepted begun(Call call, Plan plan, Runnable effect) {
        return call.flag("plan") ? new Accepted(plan, null, null) : new Accepted(null, director.operations.start(0, plan, effect), null);
    }

    private ExportView add(long aid, String operation) {
        ExportView view = new ExportView(ID + (all.size() + 1), "New Application", aid, List.of("shop (php)"), operation, FakeDirector.TIME,
                FakeDirector.TIME.plus(Duration.ofDays(7)), FILE.length, hash());
        all.addFirst(view);
        return view;
    }

    private static String hash() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(FILE));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private ExportView get(Call call) {
        return all.stream().filter(e -> e.id().equals(call.string("id"))).findFirst()
                .orElseThrow(() -> new ApiException(ErrorCode.NOT_FOUND, "There is no export " + call.string("id") + ".", "List your exports to see their ids."));
    }
}
