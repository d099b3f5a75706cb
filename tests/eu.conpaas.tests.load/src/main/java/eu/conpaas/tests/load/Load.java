package eu.conpaas.tests.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The generator from a command line: {@code Load ADDRESS PORT PATH RATE SECONDS [keep|fresh [MARKER]]}. */
public final class Load {
    private Load() {
    }

    public static void main(String[] args) throws InterruptedException {
        if (args.length < 5) {
            System.err.println("usage: Load ADDRESS PORT PATH RATE SECONDS [keep|fresh [MARKER]]");
            System.exit(2);
        }
        boolean keep = args.length < 6 || args[5].equals("keep");
        BodyCheck check = args.length < 7 ? BodyCheck.ANY : BodyCheck.endsWith(args[6]);
        Duration time = Duration.ofMillis((long) (Double.parseDouble(args[4]) * 1000));
        List<Shape> shapes = new ArrayList<>();
        shapes.add(Shape.get(keep ? "keep-alive" : "fresh", args[2], Double.parseDouble(args[3]), keep, check));
        OpenLoad load = OpenLoad.start(Fence.check(args[0], Integer.parseInt(args[1])), args[0], shapes, time);
        try (load) {
            Thread.sleep(time);
        }
        System.out.println(load.recorder().table());
        System.exit(load.recorder().total().failed() == 0 ? 0 : 1);
    }
}
