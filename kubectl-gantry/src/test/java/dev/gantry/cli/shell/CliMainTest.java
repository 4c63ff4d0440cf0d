package dev.gantry.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Wrong words are answered before anything is read: in one sentence, with a hint. */
class CliMainTest {
    private static final int FAILED = 2;

    @Test
    void aWrongOptionIsNamed() {
        assertThat(said("plan", "--drian", "node-1"))
                .containsExactly(
                        "error: there is no option \"--drian\"",
                        "Possible solutions: --drain",
                        "See 'kubectl gantry plan --help'.");
        assertThat(said("plan", "--drain"))
                .containsExactly(
                        "error: Missing required parameter for option '--drain' (NODE)",
                        "See 'kubectl gantry plan --help'.");
        assertThat(said("why", "pod/a", "-o", "xml"))
                .first()
                .asString()
                .startsWith("error: Invalid value for option '--output': expected one of");
    }

    @Test
    void aWrongCommandIsNamed() {
        assertThat(said("wy", "pod/a")).first().isEqualTo("error: there is no command \"wy\"");
    }

    @Test
    void aPlanOfNothingSaysWhatThereIsToPlan() {
        assertThat(said("plan"))
                .containsExactly(
                        "error: say what is planned: -f FILE, --add-nodes N=SIZE, or --drain NODE",
                        "See 'kubectl gantry plan --help'.");
        assertThat(said("plan", "deploy.yaml"))
                .first()
                .isEqualTo("error: what is \"deploy.yaml\" for? A manifest is given with -f");
    }

    @Test
    void nodesOfNoSizeAreNotAdded() {
        assertThat(said("plan", "--add-nodes", "3=4"))
                .first()
                .asString()
                .startsWith("error: --add-nodes 3=4: expected N=CPU,MEMORY[,PODS]");
        assertThat(said("plan", "--add-nodes", "3=4,16"))
                .first()
                .isEqualTo("error: --add-nodes 3=4,16: memory of 16 bytes? Say 16Gi");
    }

    @Test
    void onePodIsAskedAbout() {
        String which = "error: which pod? Say pod/NAME";
        assertThat(said("why")).first().isEqualTo(which);
        assertThat(said("why", "pod")).first().isEqualTo(which);
        assertThat(said("why", "pod/")).first().isEqualTo(which);
        assertThat(said("why", "a", "b", "c"))
                .first()
                .isEqualTo("error: one at a time: say pod/NAME");
        assertThat(said("why", "deploy"))
                .first()
                .isEqualTo("error: which deployment? Say deployment/NAME");
        assertThat(said("why", "node/a"))
                .first()
                .isEqualTo(
                        "error: \"node\" has no pods; say pod/NAME, or one of deployment,"
                                + " replicaset, statefulset, daemonset, job,"
                                + " replicationcontroller");
    }

    @Test
    void withoutAKubeconfigItIsSaidWhereOneComesFrom() {
        assertThat(said("why", "pod/a", "--kubeconfig", "/none"))
                .containsExactly(
                        "error: there is no kubeconfig /none: `gantry up` writes the one of a local"
                                + " cluster, another is named with --kubeconfig or KUBECONFIG");
    }

    private static List<String> said(String... arguments) {
        var text = new StringWriter();
        int code = CliMain.commands().setErr(new PrintWriter(text, true)).execute(arguments);
        assertThat(code).isEqualTo(FAILED);
        return text.toString().lines().toList();
    }
}
