package dev.gantry.agent.shell.cri;

import dev.gantry.agent.runtime.RegistryCredentials;
import dev.gantry.agent.runtime.container.ContainerConfig;
import dev.gantry.agent.runtime.container.ContainerSecurity;
import dev.gantry.agent.runtime.container.LinuxResources;
import dev.gantry.agent.runtime.container.Mount;
import dev.gantry.agent.runtime.container.Mount.Access;
import dev.gantry.agent.runtime.sandbox.PortMapping;
import dev.gantry.agent.runtime.sandbox.SandboxConfig;
import dev.gantry.agent.runtime.sandbox.SandboxSecurity;
import dev.gantry.agent.runtime.security.IdRange;
import dev.gantry.agent.runtime.security.NamespaceUse;
import dev.gantry.agent.runtime.security.RunAs;
import dev.gantry.agent.runtime.security.SecurityProfile;
import dev.gantry.agent.shell.cri.v1.Cri;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Our values as CRI messages. */
final class CriWriting {
    private CriWriting() {}

    static Cri.PodSandboxConfig sandbox(SandboxConfig config) {
        var made = Cri.PodSandboxConfig.newBuilder();
        made.getMetadataBuilder()
                .setName(config.name().name())
                .setNamespace(config.name().namespace())
                .setUid(config.name().uid())
                .setAttempt(config.name().attempt());
        made.getDnsConfigBuilder()
                .addAllServers(config.dns().servers())
                .addAllSearches(config.dns().searches())
                .addAllOptions(config.dns().options());
        made.getLinuxBuilder()
                .setCgroupParent(config.cgroupParent())
                .setSecurityContext(security(config.security()))
                .putAllSysctls(config.sysctls());
        config.ports().forEach(each -> made.addPortMappings(port(each)));
        return made.setHostname(config.hostname())
                .setLogDirectory(config.logDirectory())
                .putAllLabels(config.labels())
                .putAllAnnotations(config.annotations())
                .build();
    }

    static Cri.ContainerConfig container(ContainerConfig config) {
        var made = Cri.ContainerConfig.newBuilder();
        made.getMetadataBuilder().setName(config.name()).setAttempt(config.attempt());
        made.getImageBuilder()
                .setImage(config.image().ref())
                .setUserSpecifiedImage(config.image().name());
        made.getLinuxBuilder()
                .setResources(resources(config.resources()))
                .setSecurityContext(security(config.security()));
        Optional<IdRange> users = config.security().namespaces().users();
        config.mounts().forEach(each -> made.addMounts(mount(each, users)));
        ContainerConfig.Process process = config.process();
        process.environment()
                .forEach(each -> made.addEnvsBuilder().setKey(each.name()).setValue(each.value()));
        return made.addAllCommand(process.command())
                .addAllArgs(process.args())
                .setWorkingDir(process.directory())
                .putAllLabels(config.labels())
                .putAllAnnotations(config.annotations())
                .setLogPath(config.logPath())
                .setStdin(process.terminal().hasStdin())
                .setStdinOnce(process.terminal().hasStdinOnce())
                .setTty(process.terminal().isTty())
                .build();
    }

    static Cri.ImageSpec imageSpec(String name) {
        return Cri.ImageSpec.newBuilder().setImage(name).build();
    }

    static Cri.AuthConfig credentials(RegistryCredentials credentials) {
        return Cri.AuthConfig.newBuilder()
                .setUsername(credentials.user())
                .setPassword(credentials.password())
                .setServerAddress(credentials.server())
                .setIdentityToken(credentials.identityToken())
                .build();
    }

    static Cri.LinuxContainerResources resources(LinuxResources resources) {
        return Cri.LinuxContainerResources.newBuilder()
                .setCpuPeriod(resources.cpuPeriodMicros())
                .setCpuQuota(resources.cpuQuotaMicros())
                .setCpuShares(resources.cpuShares())
                .setMemoryLimitInBytes(resources.memoryLimitBytes())
                .setOomScoreAdj(resources.oomScoreAdjust())
                .build();
    }

    private static Cri.PortMapping port(PortMapping port) {
        return Cri.PortMapping.newBuilder()
                .setProtocol(Cri.Protocol.valueOf(port.protocol()))
                .setContainerPort(port.containerPort())
                .setHostPort(port.hostPort())
                .setHostIp(port.hostIp())
                .build();
    }

    /** Of a pod with users of its own, files belong to the same ids on the node and inside. */
    private static Cri.Mount mount(Mount mount, Optional<IdRange> users) {
        Cri.MountPropagation propagation =
                switch (mount.propagation()) {
                    case PRIVATE -> Cri.MountPropagation.PROPAGATION_PRIVATE;
                    case HOST_TO_CONTAINER -> Cri.MountPropagation.PROPAGATION_HOST_TO_CONTAINER;
                    case BIDIRECTIONAL -> Cri.MountPropagation.PROPAGATION_BIDIRECTIONAL;
                };
        var made =
                Cri.Mount.newBuilder()
                        .setContainerPath(mount.containerPath())
                        .setHostPath(mount.hostPath())
                        .setReadonly(mount.access() != Access.READ_WRITE)
                        .setRecursiveReadOnly(mount.access() == Access.RECURSIVELY_READ_ONLY)
                        .setPropagation(propagation);
        users.map(CriWriting::mapping)
                .ifPresent(each -> made.addUidMappings(each).addGidMappings(each));
        return made.build();
    }

    private static Cri.LinuxSandboxSecurityContext security(SandboxSecurity security) {
        RunAs runAs = security.runAs();
        var made =
                Cri.LinuxSandboxSecurityContext.newBuilder()
                        .setNamespaceOptions(namespaces(security.namespaces()))
                        .addAllSupplementalGroups(runAs.supplementalGroups())
                        .setSupplementalGroupsPolicy(policy(runAs))
                        .setPrivileged(security.isPrivileged())
                        .setSeccomp(profile(security.seccomp()));
        Cri.Int64Value user = number(runAs.user());
        Cri.Int64Value group = number(runAs.group());
        if (user != null) {
            made.setRunAsUser(user);
        }
        if (group != null) {
            made.setRunAsGroup(group);
        }
        return made.build();
    }

    private static Cri.LinuxContainerSecurityContext security(ContainerSecurity security) {
        RunAs runAs = security.runAs();
        var made =
                Cri.LinuxContainerSecurityContext.newBuilder()
                        .setNamespaceOptions(namespaces(security.namespaces()))
                        .addAllSupplementalGroups(runAs.supplementalGroups())
                        .setSupplementalGroupsPolicy(policy(runAs))
                        .setPrivileged(security.isPrivileged())
                        .setReadonlyRootfs(security.hasReadOnlyRoot())
                        .setNoNewPrivs(security.forbidsNewPrivileges())
                        .addAllMaskedPaths(security.kernelFiles().masked())
                        .addAllReadonlyPaths(security.kernelFiles().readOnly())
                        .setSeccomp(profile(security.seccomp()));
        security.appArmor().ifPresent(each -> made.setApparmor(profile(each)));
        made.getCapabilitiesBuilder()
                .addAllAddCapabilities(security.capabilities().added())
                .addAllDropCapabilities(security.capabilities().dropped());
        Cri.Int64Value user = number(runAs.user());
        Cri.Int64Value group = number(runAs.group());
        if (user != null) {
            made.setRunAsUser(user);
        }
        if (group != null) {
            made.setRunAsGroup(group);
        }
        return made.build();
    }

    private static Cri.@Nullable Int64Value number(@Nullable Long value) {
        return value == null ? null : Cri.Int64Value.newBuilder().setValue(value).build();
    }

    private static Cri.SupplementalGroupsPolicy policy(RunAs runAs) {
        return switch (runAs.policy()) {
            case MERGE -> Cri.SupplementalGroupsPolicy.Merge;
            case STRICT -> Cri.SupplementalGroupsPolicy.Strict;
        };
    }

    private static Cri.NamespaceOption namespaces(NamespaceUse use) {
        return Cri.NamespaceOption.newBuilder()
                .setNetwork(mode(use.network()))
                .setPid(mode(use.pid()))
                .setIpc(mode(use.ipc()))
                .setTargetId(use.target())
                .setUsernsOptions(users(use.users()))
                .build();
    }

    /** Compat: told in any case, since silence may be taken for a wish to have users of its own. */
    private static Cri.UserNamespace users(Optional<IdRange> users) {
        var made = Cri.UserNamespace.newBuilder();
        made.setMode(users.isPresent() ? Cri.NamespaceMode.POD : Cri.NamespaceMode.NODE);
        users.map(CriWriting::mapping).ifPresent(each -> made.addUids(each).addGids(each));
        return made.build();
    }

    private static Cri.IDMapping mapping(IdRange users) {
        return Cri.IDMapping.newBuilder()
                .setHostId((int) users.first())
                .setContainerId(0)
                .setLength((int) users.count())
                .build();
    }

    private static Cri.NamespaceMode mode(NamespaceUse.Scope scope) {
        return switch (scope) {
            case POD -> Cri.NamespaceMode.POD;
            case CONTAINER -> Cri.NamespaceMode.CONTAINER;
            case NODE -> Cri.NamespaceMode.NODE;
            case TARGET -> Cri.NamespaceMode.TARGET;
        };
    }

    private static Cri.SecurityProfile profile(SecurityProfile profile) {
        Cri.SecurityProfile.ProfileType type =
                switch (profile.type()) {
                    case RUNTIME_DEFAULT -> Cri.SecurityProfile.ProfileType.RuntimeDefault;
                    case UNCONFINED -> Cri.SecurityProfile.ProfileType.Unconfined;
                    case LOCALHOST -> Cri.SecurityProfile.ProfileType.Localhost;
                };
        return Cri.SecurityProfile.newBuilder()
                .setProfileType(type)
                .setLocalhostRef(profile.localhostProfile())
                .build();
    }
}
