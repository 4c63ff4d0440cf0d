package dev.gantry.local.prerequisite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PrerequisitesTest {
    @TempDir Path folder;

    @Test
    void missNothingOnAMachineThatHasAll() throws Exception {
        var machine = new MadeUpRoot(folder);
        for (Need need : Need.OF_TESTS) {
            for (Thing thing : need.things()) {
                machine.put(thing);
            }
        }
        assertThat(Prerequisites.missing(Need.OF_TESTS, machine.root())).isEmpty();
    }

    @Test
    void missThePluginsWhereOnlyIproutesBridgeIsThere() throws Exception {
        var machine = new MadeUpRoot(folder);
        machine.program("/usr/sbin/bridge", "exit 0");
        assertThat(Prerequisites.missing(Need.OF_TESTS, machine.root()))
                .extracting(Need::debianPackage)
                .contains("containernetworking-plugins");
    }

    @Test
    void removeNoPackageButOneThatHoldsAnotherProgramOfTheSamePath() throws Exception {
        var machine = new MadeUpRoot(folder);
        assertThat(commandsFor(machine))
                .singleElement()
                .asInstanceOf(InstanceOfAssertFactories.list(String.class))
                .contains("--no-remove", "runc", "containerd", "busybox-static", "catatonit");
        machine.putNamesakes(new Thing.StaticProgram("/usr/bin/busybox"));
        List<List<String>> commands = commandsFor(machine);
        assertThat(commands.getFirst())
                .contains("--no-remove", "catatonit")
                .doesNotContain("busybox-static");
        assertThat(commands.subList(1, commands.size()))
                .singleElement()
                .asInstanceOf(InstanceOfAssertFactories.list(String.class))
                .endsWith("busybox-static")
                .doesNotContain("--no-remove");
    }

    @Test
    void judgeTheRuncThatWouldBeStarted() throws Exception {
        var machine = new MadeUpRoot(folder);
        machine.program("/usr/bin/runc", "echo runc version 1.3.3");
        assertThat(Prerequisites.runc(machine.root())).isEmpty();
        machine.program("/usr/sbin/runc", "echo runc version 1.2.7");
        assertThat(Prerequisites.runc(machine.root()).orElseThrow().version()).isEqualTo("1.2.7");
    }

    @Test
    void believeThePackagesChangelog() throws Exception {
        var machine = new MadeUpRoot(folder);
        machine.program("/usr/sbin/runc", "echo runc version 1.1.15+ds1; echo commit: 1.1.15-2+u2");
        assertThat(Prerequisites.runc(machine.root()).orElseThrow().open()).hasSize(3);
        machine.write(
                "/usr/share/doc/runc/changelog.Debian.gz",
                zipped("runc (1.1.15-2+u2) trixie\n CVE-2025-31133 CVE-2025-52565 CVE-2025-52881"));
        assertThat(Prerequisites.runc(machine.root())).isEmpty();
    }

    @Test
    void wantAnAccountOnlyWhereUserNamespacesAreRefused() throws Exception {
        var machine = new MadeUpRoot(folder);
        machine.program("/usr/bin/unshare", "exit 0");
        assertThat(ServerUser.toMake(machine.root())).isEmpty();
        machine.program("/usr/bin/unshare", "echo unshare failed: Operation not permitted; exit 1");
        assertThat(ServerUser.toMake(machine.root())).startsWith("useradd").endsWith("gantry");
        machine.write("/etc/passwd", "root:x:0:0\ngantryman:x:1:1\n".getBytes(UTF_8));
        assertThat(ServerUser.toMake(machine.root())).isNotEmpty();
        machine.write("/etc/passwd", "root:x:0:0\ngantry:x:999:999\n".getBytes(UTF_8));
        assertThat(ServerUser.toMake(machine.root())).isEmpty();
    }

    private static List<List<String>> commandsFor(MadeUpRoot machine) throws IOException {
        return Apt.toInstall(Prerequisites.missing(Need.OF_TESTS, machine.root()), machine.root());
    }

    private static byte[] zipped(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(bytes)) {
            zip.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }
}
