package dev.gantry.agent.shell.cri;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.agent.runtime.container.ContainerConfig;
import dev.gantry.agent.runtime.container.ContainerConfig.Terminal;
import dev.gantry.agent.runtime.container.ContainerSecurity;
import dev.gantry.agent.runtime.container.ContainerSecurity.Capabilities;
import dev.gantry.agent.runtime.container.ContainerSecurity.KernelFiles;
import dev.gantry.agent.runtime.container.ImageUse;
import dev.gantry.agent.runtime.container.LinuxResources;
import dev.gantry.agent.runtime.container.Mount;
import dev.gantry.agent.runtime.container.Mount.Access;
import dev.gantry.agent.runtime.container.Mount.Propagation;
import dev.gantry.agent.runtime.security.IdRange;
import dev.gantry.agent.runtime.security.NamespaceUse;
import dev.gantry.agent.runtime.security.NamespaceUse.Scope;
import dev.gantry.agent.runtime.security.RunAs;
import dev.gantry.agent.runtime.security.RunAs.GroupsPolicy;
import dev.gantry.agent.runtime.security.SecurityProfile;
import dev.gantry.agent.shell.cri.v1.Cri;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class CriWritingTest {
    @Test
    void aPodsOwnUsersAreMappedForItsProcessesAndForEachMount() {
        var last = new IdRange(4_294_770_688L, 65_536);
        Cri.ContainerConfig made = written(Optional.of(last), GroupsPolicy.MERGE);
        Cri.UserNamespace users =
                made.getLinux().getSecurityContext().getNamespaceOptions().getUsernsOptions();
        assertThat(users.getMode()).isEqualTo(Cri.NamespaceMode.POD);
        assertThat(users.getUidsList()).isEqualTo(users.getGidsList()).hasSize(1);
        assertThat(Integer.toUnsignedLong(users.getUids(0).getHostId())).isEqualTo(last.first());
        assertThat(users.getUids(0).getContainerId()).isZero();
        assertThat(users.getUids(0).getLength()).isEqualTo(65_536);
        assertThat(made.getMountsList())
                .allMatch(each -> each.getUidMappingsList().equals(users.getUidsList()))
                .allMatch(each -> each.getGidMappingsList().equals(users.getGidsList()));
    }

    @Test
    void theNodesUsersAreAskedForInSoManyWords() {
        Cri.ContainerConfig made = written(Optional.empty(), GroupsPolicy.MERGE);
        Cri.UserNamespace users =
                made.getLinux().getSecurityContext().getNamespaceOptions().getUsernsOptions();
        assertThat(users.getMode()).isEqualTo(Cri.NamespaceMode.NODE);
        assertThat(users.getUidsCount()).isZero();
        assertThat(made.getMountsList()).allMatch(each -> each.getUidMappingsCount() == 0);
    }

    @Test
    void mountsAreAsReadOnlyAsTheyAreMeantToBe() {
        List<Cri.Mount> mounts = written(Optional.empty(), GroupsPolicy.MERGE).getMountsList();
        assertThat(mounts).extracting(Cri.Mount::getReadonly).containsExactly(false, true, true);
        assertThat(mounts)
                .extracting(Cri.Mount::getRecursiveReadOnly)
                .containsExactly(false, false, true);
    }

    @Test
    void theGroupsOfTheImageCountUnlessThePodIsStrict() {
        assertThat(policy(GroupsPolicy.MERGE)).isEqualTo(Cri.SupplementalGroupsPolicy.Merge);
        assertThat(policy(GroupsPolicy.STRICT)).isEqualTo(Cri.SupplementalGroupsPolicy.Strict);
    }

    private static Cri.SupplementalGroupsPolicy policy(GroupsPolicy wanted) {
        return written(Optional.empty(), wanted)
                .getLinux()
                .getSecurityContext()
                .getSupplementalGroupsPolicy();
    }

    private static Cri.ContainerConfig written(Optional<IdRange> users, GroupsPolicy policy) {
        var namespaces = new NamespaceUse(Scope.POD, Scope.CONTAINER, Scope.POD, "", users);
        var security =
                new ContainerSecurity(
                        namespaces,
                        new RunAs(null, null, List.of(), policy),
                        false,
                        false,
                        false,
                        Capabilities.USUAL,
                        KernelFiles.OPEN,
                        SecurityProfile.UNCONFINED,
                        Optional.empty());
        return CriWriting.container(
                new ContainerConfig(
                        "main",
                        0,
                        new ImageUse("image", "image"),
                        new ContainerConfig.Process(
                                List.of(), List.of(), "", List.of(), Terminal.NONE),
                        List.of(
                                mount(Access.READ_WRITE),
                                mount(Access.READ_ONLY),
                                mount(Access.RECURSIVELY_READ_ONLY)),
                        new TreeMap<>(),
                        new TreeMap<>(),
                        "main/0.log",
                        new LinuxResources(0, 0, 2, 0, 1000),
                        security));
    }

    private static Mount mount(Access access) {
        return new Mount("/in", "/out", access, Propagation.PRIVATE);
    }
}
