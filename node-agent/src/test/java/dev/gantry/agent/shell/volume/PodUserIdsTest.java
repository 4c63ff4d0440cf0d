package dev.gantry.agent.shell.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.agent.node.SubordinateIds;
import dev.gantry.agent.runtime.security.IdRange;
import dev.gantry.agent.spec.PodSpec;
import dev.gantry.model.meta.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class PodUserIdsTest {
    @TempDir Path root;

    private PodFolders folders;

    @BeforeEach
    void prepare() throws IOException {
        folders = new PodFolders(root);
        folders.prepare();
    }

    @Test
    void noTwoPodsHaveTheSame() throws IOException {
        PodUserIds ids = ids(10);
        IdRange first = ids.of(pod("a")).orElseThrow();
        assertThat(first.first()).isPositive();
        assertThat(ids.of(pod("b"))).isPresent().get().isNotEqualTo(first);
    }

    @Test
    void aPodKeepsItsOwnWhoeverAsks() throws IOException {
        ids(10).of(pod("a"));
        IdRange given = ids(10).of(pod("b")).orElseThrow();
        assertThat(ids(10).of(pod("b"))).hasValue(given);
    }

    @Test
    void areGivenBackWithThePodsFolder() throws IOException {
        PodUserIds ids = ids(1);
        IdRange given = ids.of(pod("a")).orElseThrow();
        assertThatThrownBy(() -> ids.of(pod("b"))).hasMessageContaining("empty slot");
        FileTree.delete(folders.of(pod("a")));
        assertThat(ids.of(pod("b"))).hasValue(given);
    }

    @Test
    void whatCannotBeReadMayBeInUse() throws IOException {
        Path file = folders.userIds(pod("a"));
        Files.createDirectories(file.getParent());
        Files.writeString(file, "many");
        assertThatThrownBy(() -> ids(10).of(pod("b"))).hasMessageContaining(file.toString());
    }

    @Test
    void aPodWithTheNodesUsersHasNone() throws IOException {
        assertThat(ids(10).of(pod("a", "{}"))).isEmpty();
        assertThat(folders.of(pod("a"))).doesNotExist();
    }

    private PodUserIds ids(int parts) {
        return new PodUserIds(folders, new SubordinateIds(65_536, parts));
    }

    private static PodSpec pod(String uid) {
        return pod(uid, "{\"hostUsers\": false}");
    }

    private static PodSpec pod(String uid, String spec) {
        ObjectNode tree = JsonMapper.shared().createObjectNode();
        tree.putObject("metadata").put("name", uid).put("uid", uid);
        tree.set("spec", JsonMapper.shared().readTree(spec));
        return new PodSpec(new Resource(tree));
    }
}
