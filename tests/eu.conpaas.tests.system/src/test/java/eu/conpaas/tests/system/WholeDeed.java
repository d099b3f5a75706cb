package eu.conpaas.tests.system;

import eu.conpaas.api.ApplicationView;
import eu.conpaas.api.ServiceState;
import eu.conpaas.api.ServiceView;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Pushes, and changes of a whole application. */
enum WholeDeed implements Deed {
    /** A version is pushed to a site and made active by that. */
    PUSH {
        private GitClient git;

        @Override
        public long prepare(Platform platform) {
            long sid = Site.deploy(platform).sid();
            platform.cli().run("git_config", Long.toString(sid), "on").ok();
            git = new GitClient(platform, sid, platform.folder().resolve("git-" + Long.toString(System.nanoTime(), 36)));
            git.commit(PUSHED);
            return sid;
        }

        @Override
        public void ask(Platform platform, long sid, String request) {
            git.push().ok();
        }

        /** Whoever pushes once more what has been taken already, makes nothing active: that is enable_code's then. */
        @Override
        public boolean isDone(Platform platform, long sid) {
            return git.pushed().equals(git.git("rev-parse", "HEAD").ok().strip()) && platform.cli().run("list_uploads", Long.toString(sid)).ok().contains(PUSHED);
        }
    },
    /** An application of two services is made of a manifest. */
    MANIFEST {
        @Override
        public long prepare(Platform platform) throws Exception {
            Files.writeString(manifest(platform), """
                    {"Application": "%s", "Services": [
                      {"Type": "helloworld", "ServiceName": "one", "Start": 1, "StartupInstances": {"helloworld": 2}},
                      {"Type": "php", "ServiceName": "two", "Start": 1, "Environment": {"FIRST": "first"}}]}""".formatted(MADE));
            return 0;
        }

        /** Who asks again asks that the application be so. */
        @Override
        public void ask(Platform platform, long sid, String request) {
            String file = manifest(platform).toString();
            if (application(platform, MADE).isPresent()) {
                platform.cli().run("apply_manifest", MADE, file, "--no-wait", "--yes").ok();
            } else {
                platform.cli().run("manifest", file, "--no-wait").ok();
            }
        }

        @Override
        public boolean isDone(Platform platform, long sid) {
            List<ServiceView> services = services(platform, MADE);
            return services.stream().map(ServiceView::name).toList().equals(List.of("one", "two")) && services.stream().allMatch(s -> s.state() == ServiceState.RUNNING);
        }
    },
    /** An application is made of a file. */
    IMPORT {
        @Override
        public long prepare(Platform platform) throws Exception {
            Site site = Site.deploy(platform);
            site.text("/page.php?name=note&text=" + PUSHED);
            String aid = Long.toString(platform.service(site.sid()).application_id());
            Files.deleteIfExists(export(platform));
            platform.cli().run("export_application", aid, export(platform).toString()).ok();
            platform.cli().run("deleteapp", aid).ok();
            return 0;
        }

        @Override
        public void ask(Platform platform, long sid, String request) {
            if (application(platform, MADE).isEmpty()) {
                platform.cli().run("import_application", export(platform).toString(), MADE, "--no-wait").ok();
            }
        }

        @Override
        public boolean isDone(Platform platform, long sid) {
            List<ServiceView> services = services(platform, MADE);
            return services.size() == 1 && services.getFirst().state() == ServiceState.RUNNING
                    && new Site(platform, "php", services.getFirst().sid(), null, null, 0).shown().text("/page.php?name=note").contains("text=" + PUSHED);
        }
    };

    private static final String PUSHED = "version-of-a-push";
    private static final String MADE = "whole";

    private static Path manifest(Platform platform) {
        return platform.folder().resolve("manifest.json");
    }

    private static Path export(Platform platform) {
        return platform.folder().resolve("site.conpaas");
    }

    private static Optional<ApplicationView> application(Platform platform, String name) {
        return platform.client().applications().stream().filter(a -> a.name().equals(name)).findFirst();
    }

    private static List<ServiceView> services(Platform platform, String name) {
        return application(platform, name).map(a -> platform.client().services().list(a.aid())).orElse(List.of());
    }
}
