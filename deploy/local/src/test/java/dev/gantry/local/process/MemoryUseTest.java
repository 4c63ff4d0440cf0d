package dev.gantry.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MemoryUseTest {
    @Test
    void readsWhatLinuxWrites() {
        String text =
                """
                5e8b4000-7ffd9000 ---p 00000000 00:00 0    [rollup]
                Rss:                1884 kB
                Pss:                 632 kB
                Pss_Anon:            100 kB
                Pss_File:            532 kB
                """;

        assertThat(MemoryUse.parse(text)).isEqualTo(new MemoryUse(1884 << 10, 632 << 10));
    }

    @Test
    void aFamilyHasWhatItsMembersHave() throws Exception {
        Process child = new ProcessBuilder("sleep", "300").start();
        try {
            long self = ProcessHandle.current().pid();
            assertThat(MemoryUse.of(child.pid()).residentBytes()).isPositive();
            assertThat(MemoryUse.ofFamily(child.pid()).residentBytes()).isPositive();
            assertThat(MemoryUse.ofFamily(self).residentBytes())
                    .isGreaterThan(MemoryUse.of(child.pid()).residentBytes());
        } finally {
            child.destroyForcibly().waitFor();
        }
        assertThat(MemoryUse.ofFamily(child.pid())).isEqualTo(MemoryUse.NONE);
    }
}
