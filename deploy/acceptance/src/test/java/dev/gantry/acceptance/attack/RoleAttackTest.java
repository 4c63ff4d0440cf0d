package dev.gantry.acceptance.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.acceptance.Cluster;
import dev.gantry.acceptance.TestNamespace;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Somebody who may patch ClusterRoles, and would like to hold more than that. */
@ExtendWith(Cluster.Shared.class)
final class RoleAttackTest {
    @AutoClose private final TestNamespace ns;
    private final Cluster cluster;
    private final String patcher;

    RoleAttackTest(Cluster cluster) {
        this.cluster = cluster;
        ns = new TestNamespace(cluster);
        patcher = "patcher-of-" + ns.name();
        String kinds = "clusterroles.rbac.authorization.k8s.io";
        cluster.kubectl(
                "create", "clusterrole", patcher, "--verb=get,patch,update", "--resource=" + kinds);
        cluster.kubectl(
                "create",
                "clusterrolebinding",
                patcher,
                "--clusterrole=" + patcher,
                "--user=mallory");
        TestNamespace.eventually(() -> asMallory("get", "clusterrole", "view").code() == 0);
    }

    @Test
    void aLabelDoesNotMakeAnAdministrator() {
        String label = "rbac.authorization.k8s.io/aggregate-to-view";
        Cluster.Result labelled =
                asMallory("label", "clusterrole", "cluster-admin", label + "=true");
        assertThat(labelled.code()).isNotZero();
        assertThat(labelled.errors()).contains("permissions not currently held");
        assertThat(cluster.kubectl("get", "clusterrole", "cluster-admin", "-o", "yaml"))
                .doesNotContain(label);
        for (String patch :
                new String[] {
                    "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}", "{\"aggregationRule\":null}"
                }) {
            Cluster.Result patched = asMallory("patch", "clusterrole", "view", "-p", patch);
            assertThat(patched.code()).as(patch).isNotZero();
        }
    }

    @Test
    void whoMayPatchStillPatchesWhatTheyHold() {
        Cluster.Result own = asMallory("label", "clusterrole", patcher, "a=b");
        assertThat(own.code()).as(own.text()).isZero();
        cluster.kubectl("delete", "clusterrolebinding,clusterrole", patcher);
    }

    private Cluster.Result asMallory(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "--as=mallory";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return cluster.tryKubectl(all);
    }
}
