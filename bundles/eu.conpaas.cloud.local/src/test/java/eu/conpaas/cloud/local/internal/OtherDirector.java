package eu.conpaas.cloud.local.internal;

import eu.conpaas.cloud.Cloud;
import eu.conpaas.cloud.CloudConfig;
import eu.conpaas.cloud.testkit.Check;
import eu.conpaas.cloud.testkit.CloudContract;
import eu.conpaas.cloud.testkit.Subject;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Another director process: it creates VMs until it is killed, or checks the contract as another user. */
final class OtherDirector {
    private OtherDirector() {
    }

    /** Arguments: "create" FOLDER PRODUCT INSTALLATION MODE COUNT, or "check" FOLDER. */
    public static void main(String[] args) throws Exception {
        if (args[0].equals("create")) {
            try (Cloud cloud = new LocalCloudDriver().open(
                    new CloudConfig("default", args[3], Path.of(args[1]), Path.of(args[2]), Map.of("MODE", args[4])))) {
                for (int i = 0; i < Integer.parseInt(args[5]); i++) {
                    System.out.println("token-" + i);
                    cloud.create(World.order("token-" + i));
                }
                System.out.println("done");
            }
            System.in.read();
        } else {
            check(Path.of(args[1]));
        }
    }

    private static void check(Path folder) throws Exception {
        Path product = FakeProduct.make(folder.resolve("product"), CloudContract.NODE_SCRIPT);
        Subject subject = new Subject() {
            @Override
            public Cloud open() {
                return new LocalCloudDriver().open(new CloudConfig("default", "other-user", folder.resolve("cloud"), product, Map.of()));
            }

            @Override
            public Cloud openOther() {
                return new LocalCloudDriver().open(new CloudConfig("default", "other-user-2", folder.resolve("other"), product, Map.of()));
            }

            @Override
            public boolean boots() {
                return true;
            }

            @Override
            public Duration patience() {
                return Duration.ofSeconds(20);
            }
        };
        System.out.println("notice: " + subject.open().notices());
        for (Check check : CloudContract.checks(subject)) {
            check.run();
            System.out.println("passed: " + check.name());
        }
        subject.open().purge();
        System.out.println("done");
    }

    /** Starts it, as another user with copies of the classes in a folder that user may read, or, with nulls, as ours. */
    static Process start(String user, Path copies, String... args) throws IOException, URISyntaxException {
        List<String> command = new ArrayList<>();
        if (user != null) {
            command.addAll(List.of("setpriv", "--reuid", user, "--regid", user, "--clear-groups"));
        }
        command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(), "-Xshare:auto", "-XX:TieredStopAtLevel=1",
                "-cp", classpath(copies), OtherDirector.class.getName()));
        command.addAll(List.of(args));
        return new ProcessBuilder(command).redirectErrorStream(true).directory(new File("/")).start();
    }

    /** Where the classes needed come from, whatever started this test. */
    private static String classpath(Path copies) throws IOException, URISyntaxException {
        List<Path> places = new ArrayList<>();
        for (Class<?> type : List.of(OtherDirector.class, LocalCloud.class, Cloud.class, com.fasterxml.jackson.databind.ObjectMapper.class,
                com.fasterxml.jackson.core.JsonParser.class, com.fasterxml.jackson.annotation.JsonInclude.class, org.junit.jupiter.api.Test.class)) {
            places.add(Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()));
        }
        if (copies != null) {
            Files.createDirectories(copies);
            for (int i = 0; i < places.size(); i++) {
                Path copy = copies.resolve("classes-" + i);
                Commands.must("cp", "-rL", "--no-preserve=mode", places.get(i).toString(), copy.toString());
                places.set(i, copy);
            }
        }
        // inside a framework the location of a bundle in development is its folder, and its classes are in target
        return places.stream().flatMap(p -> Stream.of(p, p.resolve("target/classes"), p.resolve("target/test-classes")))
                .map(Path::toString).distinct().collect(Collectors.joining(":"));
    }
}
