package dev.gantry.agent.shell.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.agent.resize.PodLimits;
import dev.gantry.agent.resize.PodLimits.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files that both versions have, in a folder that stands for the mount. */
class CgroupFilesTest {
    private static final String POD = "kubepods/pod1";

    @TempDir Path mount;

    @Test
    void versionOneHasAFolderForEachController() throws IOException {
        for (String each : new String[] {"cpu", "memory", "pids"}) {
            Files.createDirectory(mount.resolve(each));
        }
        writeAll();
        assertThat(text("cpu/kubepods/pod1/cpu.shares")).isEqualTo("1024");
        assertThat(text("cpu/kubepods/pod1/cpu.cfs_quota_us")).isEqualTo("50000");
        assertThat(text("cpu/kubepods/pod1/cpu.cfs_period_us")).isEqualTo("100000");
        assertThat(text("memory/kubepods/pod1/memory.limit_in_bytes")).isEqualTo("1048576");
        assertThat(text("pids/kubepods/pod1/pids.max")).isEqualTo("64");
        assertThat(files().read(POD)).isEqualTo(new PodLimits(1024, 50_000, 1 << 20));
        put("cpu/kubepods/pod1/cpu.cfs_quota_us", "-1\n");
        put("memory/kubepods/pod1/memory.limit_in_bytes", "9223372036854771712\n");
        put("memory/kubepods/pod1/memory.usage_in_bytes", "4096\n");
        assertThat(files().read(POD))
                .isEqualTo(new PodLimits(1024, PodLimits.UNLIMITED, PodLimits.UNLIMITED));
        assertThat(files().memoryUsage(POD)).isEqualTo(4096);
    }

    @Test
    void versionTwoHasOneFolderAndHandsControllersDown() throws IOException {
        put("cgroup.subtree_control", "");
        Files.createDirectories(mount.resolve(POD));
        put("kubepods/cgroup.subtree_control", "cpu memory pids");
        writeAll();
        assertThat(text("kubepods/pod1/cpu.weight")).isEqualTo("39");
        assertThat(text("kubepods/pod1/cpu.max")).isEqualTo("50000 100000");
        assertThat(text("kubepods/pod1/memory.max")).isEqualTo("1048576");
        assertThat(text("kubepods/pod1/pids.max")).isEqualTo("64");
        assertThat(text("cgroup.subtree_control")).startsWith("+");
        assertThat(files().read(POD).cpuQuotaMicros()).isEqualTo(50_000);
        put("kubepods/pod1/cpu.max", "max 100000\n");
        put("kubepods/pod1/memory.max", "max\n");
        put("kubepods/pod1/memory.current", "4096\n");
        assertThat(files().read(POD).cpuQuotaMicros()).isEqualTo(PodLimits.UNLIMITED);
        assertThat(files().read(POD).memoryLimitBytes()).isEqualTo(PodLimits.UNLIMITED);
        assertThat(files().memoryUsage(POD)).isEqualTo(4096);
    }

    private void writeAll() throws IOException {
        files().limitProcesses(POD, 64);
        files().write(POD, Value.CPU_SHARES, 1024);
        files().write(POD, Value.CPU_QUOTA, 50_000);
        files().write(POD, Value.MEMORY_LIMIT, 1 << 20);
    }

    private CgroupFiles files() {
        return new CgroupFiles(mount);
    }

    private String text(String file) throws IOException {
        return Files.readString(mount.resolve(file)).strip();
    }

    private void put(String file, String text) throws IOException {
        Files.writeString(mount.resolve(file), text);
    }
}
