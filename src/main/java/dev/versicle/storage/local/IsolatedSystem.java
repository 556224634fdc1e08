package dev.versicle.storage.local;

import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/**
 * JGit's view of the machine, cut off from it: no {@code git} is run, no configuration of the user or the system is
 * read, no file system is measured. What every repository has in common is set here instead of in each one's file.
 */
final class IsolatedSystem extends SystemReader.Delegate {
    /** Longer than any tick of a file system's clock; within it a ref's file is read again rather than trusted. */
    private static final long TIMESTAMP_RESOLUTION_MS = 100;

    private IsolatedSystem() {
        super(SystemReader.getInstance());
    }

    /** Puts it in the place of JGit's own, for the whole process; once is enough. */
    static synchronized void install() {
        if (!(SystemReader.getInstance() instanceof IsolatedSystem)) {
            SystemReader.setInstance(new IsolatedSystem());
        }
    }

    @Override
    public @Nullable String getenv(String variable) {
        return null;
    }

    @Override
    public FileBasedConfig openUserConfig(@Nullable Config parent, FS fs) {
        return new Fixed(fs);
    }

    @Override
    public FileBasedConfig openSystemConfig(@Nullable Config parent, FS fs) {
        return new Fixed(fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(@Nullable Config parent, FS fs) {
        return new Fixed(fs);
    }

    private static final class Fixed extends FileBasedConfig {
        private Fixed(FS fs) {
            super(null, null, fs);
            // A half-written object must never lie under its final name: a later save would find it and build on it.
            setBoolean("core", null, "fsyncObjectFiles", true);
            setBoolean("core", null, "fsyncRefFiles", true);
            setBoolean("core", null, "logAllRefUpdates", false);
            // Upkeep is ours: JGit's gc can delete the index of a live pack (jgit#246).
            setInt("gc", null, "auto", 0);
            setBoolean("receive", null, "autogc", false);
        }

        @Override
        public void load() {}

        @Override
        public boolean isOutdated() {
            return false;
        }

        @Override
        public long getTimeUnit(
                String section, @Nullable String subsection, String name, long otherwise, TimeUnit unit) {
            if ("filesystem".equals(section) && "timestampResolution".equals(name)) {
                return unit.convert(TIMESTAMP_RESOLUTION_MS, TimeUnit.MILLISECONDS);
            }
            return super.getTimeUnit(section, subsection, name, otherwise, unit);
        }
    }
}
