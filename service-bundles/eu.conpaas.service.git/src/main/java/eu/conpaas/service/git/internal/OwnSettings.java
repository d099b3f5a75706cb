package eu.conpaas.service.git.internal;

import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;

/** Keeps JGit to itself: it reads no settings of the machine or its user, writes none, and runs no {@code git} to find them. */
final class OwnSettings extends SystemReader.Delegate {
    private OwnSettings(SystemReader machine) {
        super(machine);
    }

    /** From now on, in this process. */
    static synchronized void use() {
        if (!(SystemReader.getInstance() instanceof OwnSettings)) {
            SystemReader.setInstance(new OwnSettings(SystemReader.getInstance()));
        }
    }

    @Override
    public FileBasedConfig openUserConfig(Config parent, FS fs) {
        return new Nothing(parent, fs);
    }

    @Override
    public FileBasedConfig openSystemConfig(Config parent, FS fs) {
        return new Nothing(parent, fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(Config parent, FS fs) {
        return new Nothing(parent, fs);
    }

    /** Settings without a file. */
    private static final class Nothing extends FileBasedConfig {
        /** As coarse as Linux dates files; without it JGit measures that, and notes it in the user's home. */
        private static final long FILE_TIME_MS = 10;

        private Nothing(Config parent, FS fs) {
            super(parent, null, fs);
        }

        @Override
        public long getTimeUnit(String section, String subsection, String name, long fallback, TimeUnit unit) {
            boolean clock = ConfigConstants.CONFIG_FILESYSTEM_SECTION.equals(section) && (ConfigConstants.CONFIG_KEY_TIMESTAMP_RESOLUTION.equals(name)
                    || ConfigConstants.CONFIG_KEY_MIN_RACY_THRESHOLD.equals(name));
            return clock ? unit.convert(FILE_TIME_MS, TimeUnit.MILLISECONDS) : super.getTimeUnit(section, subsection, name, fallback, unit);
        }

        @Override
        public void load() {
            // there is no file
        }

        @Override
        public void save() {
            // nor shall there be one
        }

        @Override
        public boolean isOutdated() {
            return false;
        }
    }
}
