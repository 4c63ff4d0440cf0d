package dev.gantry.acceptance.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.acceptance.Cluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What somebody has who has taken over a node's agent. */
@ExtendWith(Cluster.Shared.class)
final class AgentAttackTest {
    private static final int SYS_MODULE = 16;
    private static final int SYS_RAWIO = 17;
    private static final int SYS_PTRACE = 19;
    private static final int SYS_ADMIN = 21;
    private static final int SYS_BOOT = 22;
    private static final int SYS_TIME = 25;
    private static final int MKNOD = 27;
    private static final int BPF = 39;

    @Test
    void anAgentMayMountAndNotLoadModulesOrLookIntoOthers(Cluster cluster) throws IOException {
        long agent = cluster.pid("agent-1");
        assertThat(line(agent, "NoNewPrivs")).isEqualTo("1");
        for (String set : new String[] {"CapBnd", "CapEff", "CapPrm"}) {
            long held = Long.parseLong(line(agent, set), 16);
            assertThat(has(held, SYS_ADMIN)).as("mounts, by " + set).isTrue();
            for (int each :
                    new int[] {SYS_MODULE, SYS_RAWIO, SYS_PTRACE, SYS_BOOT, SYS_TIME, MKNOD, BPF}) {
                assertThat(has(held, each)).as(set + " " + each).isFalse();
            }
        }
    }

    private static boolean has(long held, int capability) {
        return (held >> capability & 1) == 1;
    }

    private static String line(long process, String name) throws IOException {
        try (Stream<String> lines =
                Files.lines(Path.of("/proc", Long.toString(process), "status"))) {
            return lines.filter(each -> each.startsWith(name + ":"))
                    .map(each -> each.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElseThrow();
        }
    }
}
