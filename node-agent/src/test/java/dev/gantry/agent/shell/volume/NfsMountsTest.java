package dev.gantry.agent.shell.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gantry.agent.shell.kernel.Mounts;
import dev.gantry.agent.volume.NfsExport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a program in the place of mount.nfs that mounts memory, and notes how it was called. */
final class NfsMountsTest {
    private static final NfsExport DATA = new NfsExport("nas:/data", List.of("nfsvers=4.1", "ro"));
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir Path root;

    private PodFolders folders;
    private Path calls;

    @BeforeEach
    void prepare() throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
        folders = new PodFolders(root);
        folders.prepare();
        calls = root.resolve("calls");
    }

    @AfterEach
    void unmount() throws IOException {
        Mounts.detachAllBelow(root);
    }

    @Test
    void podsShareAMountUntilTheLastIsGone() throws IOException {
        NfsMounts mounts = mounting();
        mounts.mount(DATA, link("a"));
        mounts.mount(DATA, link("b"));
        Path target = Files.readSymbolicLink(link("a"));
        assertThat(Files.readSymbolicLink(link("b"))).isEqualTo(target);
        assertThat(calls).hasContent("nas:/data %s -o nfsvers=4.1,ro".formatted(target));
        assertThat(Mounts.isMounted(target)).isTrue();
        Files.delete(link("a"));
        mounts.releaseUnused();
        assertThat(Mounts.isMounted(target)).isTrue();
        Files.delete(link("b"));
        mounts.releaseUnused();
        assertThat(target).doesNotExist();
        assertThat(root.resolve("nfs")).isEmptyDirectory();
    }

    @Test
    void whatIsReadAndWhatIsWrittenAreTwoMounts() throws IOException {
        NfsMounts mounts = mounting();
        mounts.mount(DATA, link("a"));
        mounts.mount(new NfsExport("nas:/data", List.of()), link("b"));
        assertThat(Files.readSymbolicLink(link("b")))
                .isNotEqualTo(Files.readSymbolicLink(link("a")));
    }

    @Test
    void isMountedAgainWhenTheMachineWasStartedAnew() throws IOException {
        mounting().mount(DATA, link("a"));
        Path target = Files.readSymbolicLink(link("a"));
        Mounts.unmountAll(target);
        mounting().ensure(target);
        assertThat(Mounts.isMounted(target)).isTrue();
        assertThat(Files.readAllLines(calls)).hasSize(2).allMatch(each -> each.endsWith(",ro"));
    }

    @Test
    void aServerThatIsAwayEndsInAFaultAndLeavesTheOthersAlone() throws IOException {
        NfsMounts mounts = new NfsMounts(folders, program("exec sleep 1000"), Duration.ofMillis(1));
        assertThatThrownBy(() -> mounts.mount(DATA, link("a")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("nas:/data")
                .hasMessageContaining("the server is away");
        assertThat(link("a")).doesNotExist();
        mounts.releaseUnused();
        assertThat(root.resolve("nfs")).isEmptyDirectory();
    }

    @Test
    void saysWhyItCouldNotBeMounted() throws IOException {
        String failing = program("echo 'mount.nfs: access denied by server' >&2; exit 32");
        assertThatThrownBy(() -> new NfsMounts(folders, failing, PATIENCE).mount(DATA, link("a")))
                .hasMessageContaining("ended with 32: mount.nfs: access denied by server");
        assertThatThrownBy(
                        () ->
                                new NfsMounts(folders, "/nonexistent/mount.nfs", PATIENCE)
                                        .mount(DATA, link("a")))
                .hasMessageContaining("needs the package nfs-common");
    }

    private NfsMounts mounting() throws IOException {
        return new NfsMounts(folders, program("exec mount -t tmpfs none \"$2\""), PATIENCE);
    }

    private String program(String body) throws IOException {
        Path file = root.resolve("mount-program");
        Files.writeString(file, "#!/bin/sh\necho \"$@\" >>%s\n%s\n".formatted(calls, body));
        FileTree.setMode(file, 0700);
        return file.toString();
    }

    private Path link(String pod) {
        return folders.pods().resolve(pod).resolve("volumes/kubernetes.io~nfs/data");
    }
}
