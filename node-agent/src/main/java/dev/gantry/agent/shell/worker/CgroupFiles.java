package dev.gantry.agent.shell.worker;

import dev.gantry.agent.resize.PodLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The values of cgroups, in the files of version 1 (a folder for each controller) or 2 (one for
 * all), whichever the machine has.
 *
 * <p>Compat: shares as weights as {@code CpuSharesToCpuWeight} of {@code pkg/kubelet/cm} has it.
 *
 * @param mount such as {@code /sys/fs/cgroup}; cgroups are named by their paths below it
 */
record CgroupFiles(Path mount) {
    static final CgroupFiles OF_MACHINE = new CgroupFiles(Path.of("/sys/fs/cgroup"));

    private static final String PERIOD_MICROS = "100000";
    private static final String NONE_V1 = "-1";
    private static final String NONE_V2 = "max";

    /** Version 1 says "no limit" with a number that is about as large as this. */
    private static final long NO_LIMIT = 1L << 62;

    private static final long MIN_SHARES = 2;
    private static final long SHARES_RANGE = 262_142;
    private static final long WEIGHT_RANGE = 9999;

    PodLimits read(String cgroup) throws IOException {
        return new PodLimits(shares(cgroup), quota(cgroup), memoryLimit(cgroup));
    }

    void write(String cgroup, PodLimits.Value value, long amount) throws IOException {
        switch (value) {
            case CPU_SHARES -> writeShares(cgroup, amount);
            case CPU_QUOTA -> writeQuota(cgroup, amount);
            case MEMORY_LIMIT -> writeMemoryLimit(cgroup, amount);
        }
    }

    /** Caches of files included. Zero where nobody tells. */
    long memoryUsage(String cgroup) throws IOException {
        String text =
                isSplit("memory")
                        ? read(cgroup, "memory", "memory.usage_in_bytes", "0")
                        : read(cgroup, "", "memory.current", "0");
        return Long.parseLong(text);
    }

    /** Containers that spawn without end run into it, and the node's other pods do not. */
    void limitProcesses(String cgroup, long most) throws IOException {
        write(folder(cgroup, "pids"), "pids.max", Long.toString(most));
    }

    private long shares(String cgroup) throws IOException {
        if (isSplit("cpu")) {
            return Long.parseLong(read(cgroup, "cpu", "cpu.shares", "0"));
        }
        long weight = Long.parseLong(read(cgroup, "", "cpu.weight", "0"));
        return weight == 0 ? 0 : MIN_SHARES + (weight - 1) * SHARES_RANGE / WEIGHT_RANGE;
    }

    private void writeShares(String cgroup, long shares) throws IOException {
        Path folder = folder(cgroup, "cpu");
        if (isSplit("cpu")) {
            write(folder, "cpu.shares", Long.toString(shares));
        } else {
            long weight = 1 + (shares - MIN_SHARES) * WEIGHT_RANGE / SHARES_RANGE;
            write(folder, "cpu.weight", Long.toString(weight));
        }
    }

    private long quota(String cgroup) throws IOException {
        String text =
                isSplit("cpu")
                        ? read(cgroup, "cpu", "cpu.cfs_quota_us", NONE_V1)
                        : read(cgroup, "", "cpu.max", NONE_V2).split(" ", -1)[0];
        return amount(text);
    }

    private void writeQuota(String cgroup, long micros) throws IOException {
        Path folder = folder(cgroup, "cpu");
        if (isSplit("cpu")) {
            write(folder, "cpu.cfs_period_us", PERIOD_MICROS);
            write(folder, "cpu.cfs_quota_us", Long.toString(micros));
        } else {
            write(folder, "cpu.max", micros + " " + PERIOD_MICROS);
        }
    }

    private long memoryLimit(String cgroup) throws IOException {
        return amount(
                isSplit("memory")
                        ? read(cgroup, "memory", "memory.limit_in_bytes", NONE_V1)
                        : read(cgroup, "", "memory.max", NONE_V2));
    }

    private void writeMemoryLimit(String cgroup, long bytes) throws IOException {
        String file = isSplit("memory") ? "memory.limit_in_bytes" : "memory.max";
        write(folder(cgroup, "memory"), file, Long.toString(bytes));
    }

    private static long amount(String text) {
        if (text.equals(NONE_V1) || text.equals(NONE_V2)) {
            return PodLimits.UNLIMITED;
        }
        long amount = Long.parseLong(text);
        return amount < NO_LIMIT ? amount : PodLimits.UNLIMITED;
    }

    private boolean isSplit(String controller) {
        return Files.isDirectory(mount.resolve(controller));
    }

    /** The cgroup's folder, where the controller is at hand. */
    private Path folder(String cgroup, String controller) throws IOException {
        if (isSplit(controller)) {
            return Files.createDirectories(mount.resolve(controller).resolve(cgroup));
        }
        delegate(cgroup, controller);
        return Files.createDirectories(mount.resolve(cgroup));
    }

    /** In version 2 a controller is there only where each cgroup above hands it down. */
    private void delegate(String cgroup, String controller) throws IOException {
        Path above = mount;
        for (Path each : Path.of(cgroup)) {
            Path control = above.resolve("cgroup.subtree_control");
            if (!Files.readString(control).contains(controller)) {
                Files.writeString(control, "+" + controller);
            }
            above = Files.createDirectories(above.resolve(each));
        }
    }

    private String read(String cgroup, String controller, String file, String otherwise)
            throws IOException {
        try {
            return Files.readString(mount.resolve(controller).resolve(cgroup).resolve(file))
                    .strip();
        } catch (NoSuchFileException absent) {
            return otherwise;
        }
    }

    private static void write(Path folder, String file, String value) throws IOException {
        Files.writeString(folder.resolve(file), value);
    }
}
