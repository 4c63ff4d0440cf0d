package dev.gantry.agent.shell.worker;

import static dev.gantry.testkit.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.agent.testing.NodeOnFakeRuntime;
import dev.gantry.model.condition.Conditions;
import dev.gantry.model.meta.Resource;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Who may use an image that somebody else's credentials brought to the node. */
class PrivateImageTest extends NodeOnFakeRuntime {
    private static final String IMAGE = "reg.example.com/team/app:1";
    private static final String POD =
            "{\"imagePullSecrets\": [{\"name\": \"%s\"}], \"containers\": [{\"name\": \"main\", \"image\": \""
                    + IMAGE
                    + "\", \"imagePullPolicy\": \"%s\", \"command\": [\"sleep\", \"1000\"]}]}";

    @BeforeEach
    void start() {
        node.cluster().put(secret("ours", "team"), "secrets");
        node.cluster().put(secret("copy", "team"), "secrets");
        runtime.offer(IMAGE, "team");
    }

    @Test
    void isForThoseWhoCouldHavePulledItThemselves() {
        node.run("first", POD.formatted("ours", "IfNotPresent"));
        await().until(() -> isReady("first"));
        node.run("same", POD.formatted("copy", "IfNotPresent"));
        await().until(() -> isReady("same"));
        assertThat(runtime.pulls()).isEqualTo(1);
        node.run("stranger", POD.formatted("none", "IfNotPresent"));
        await().until(() -> waiting("stranger").equals("ErrImagePull"));
        node.run("quiet", POD.formatted("none", "Never"));
        await().until(() -> waiting("quiet").equals("ErrImageNeverPull"));
    }

    @Test
    void isRememberedWhenTheAgentStartsAgain() {
        node.run("first", POD.formatted("ours", "IfNotPresent"));
        await().until(() -> isReady("first"));
        node.restart();
        node.run("quiet", POD.formatted("none", "Never"));
        await().until(() -> waiting("quiet").equals("ErrImageNeverPull"));
        node.run("mine", POD.formatted("ours", "Never"));
        await().until(() -> isReady("mine"));
    }

    @Test
    void aPodThatWaitsForAnothersPullMayEndMeanwhile() {
        runtime.hangPulls();
        node.run("first", POD.formatted("ours", "IfNotPresent"));
        await().until(() -> node.cluster().wasTold("Pulling", IMAGE));
        Resource second = node.run("second", POD.formatted("ours", "IfNotPresent"));
        await().until(() -> node.storage().pulled().pullers(IMAGE) > 1);
        node.delete(second, 0);
        await().until(() -> node.cluster().lastReport("second").orElseThrow().isGone());
    }

    private boolean isReady(String pod) {
        return Conditions.isTrue(node.status(pod).path("conditions"), "Ready");
    }

    private String waiting(String pod) {
        return Resource.text(node.container(pod).path("state").path("waiting"), "reason");
    }

    private static Resource secret(String name, String user) {
        String config =
                "{\"auths\": {\"reg.example.com\": {\"username\": \"%s\", \"password\": \"p\"}}}"
                        .formatted(user);
        ObjectNode tree = JsonMapper.shared().createObjectNode();
        tree.putObject("metadata").put("name", name).put("namespace", "default");
        tree.putObject("data")
                .put(
                        ".dockerconfigjson",
                        Base64.getEncoder().encodeToString(config.getBytes(UTF_8)));
        return new Resource(tree);
    }
}
