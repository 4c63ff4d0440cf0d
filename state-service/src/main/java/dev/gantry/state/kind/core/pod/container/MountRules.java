package dev.gantry.state.kind.core.pod.container;

import dev.gantry.state.validation.Field;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Volumes mounted in a container, as files or as block devices. */
final class MountRules {
    private static final List<String> PROPAGATIONS =
            List.of("Bidirectional", "HostToContainer", "None");
    private static final List<String> RECURSIVE = List.of("Disabled", "Enabled", "IfPossible");

    private MountRules() {}

    static void mounts(Field container, PodContext context) {
        Set<String> paths = new TreeSet<>();
        Set<String> deviceNames = texts(container.child("volumeDevices"), "name");
        Set<String> devicePaths = texts(container.child("volumeDevices"), "devicePath");
        for (Field mount : container.child("volumeMounts").items()) {
            Field name = mount.child("name");
            Field path = mount.child("mountPath");
            if (name.isEmpty()) {
                name.required("");
            }
            if (!context.volumes().containsKey(name.text())) {
                name.notFound();
            }
            if (path.isEmpty()) {
                path.required("");
            }
            if (!paths.add(path.text())) {
                path.invalidText(path.text(), "must be unique");
            }
            if (deviceNames.contains(name.text())) {
                name.invalid("must not already exist in volumeDevices");
            }
            if (devicePaths.contains(path.text())) {
                path.invalid("must not already exist as a path in volumeDevices");
            }
            subPaths(mount, container.child("volumeMounts"));
            propagation(mount, container);
        }
    }

    /** Compat: what is wrong with a sub path is reported at the list, without an index. */
    private static void subPaths(Field mount, Field list) {
        Field path = mount.child("subPath");
        Field expression = mount.child("subPathExpr");
        if (!path.isEmpty()) {
            PathRules.localDescending(path.at(list.path() + ".subPath"));
        }
        if (!expression.isEmpty()) {
            if (!path.isEmpty()) {
                expression.invalid("subPathExpr and subPath are mutually exclusive");
            }
            PathRules.localDescending(expression.at(list.path() + ".subPathExpr"));
        }
    }

    private static void propagation(Field mount, Field container) {
        String list = container.child("volumeMounts").path();
        Field propagation = mount.child("mountPropagation").at(list + ".mountPropagation");
        if (propagation.isSet()) {
            if (!PROPAGATIONS.contains(propagation.text())) {
                propagation.notSupported(PROPAGATIONS);
            }
            boolean isPrivileged = container.child("securityContext", "privileged").isTrue();
            if (propagation.text().equals("Bidirectional") && !isPrivileged) {
                propagation.forbidden(
                        "Bidirectional mount propagation is available only to privileged"
                                + " containers");
            }
        }
        Field recursive = mount.child("recursiveReadOnly").at(list + ".recursiveReadOnly");
        if (recursive.isSet()) {
            recursiveReadOnly(mount, recursive, propagation);
        }
    }

    private static void recursiveReadOnly(Field mount, Field recursive, Field propagation) {
        switch (recursive.text()) {
            case "Disabled" -> {}
            case "Enabled", "IfPossible" -> {
                if (!mount.child("readOnly").isTrue()) {
                    recursive.forbidden("may only be specified when readOnly is true");
                }
                if (propagation.isSet() && !propagation.text().equals("None")) {
                    recursive.forbidden(
                            "may only be specified when mountPropagation is None or not"
                                    + " specified");
                }
            }
            default -> recursive.notSupported(RECURSIVE);
        }
    }

    static void devices(Field container, PodContext context) {
        Set<String> names = new TreeSet<>();
        Set<String> paths = new TreeSet<>();
        Set<String> mountNames = texts(container.child("volumeMounts"), "name");
        Set<String> mountPaths = texts(container.child("volumeMounts"), "mountPath");
        for (Field device : container.child("volumeDevices").items()) {
            Field name = device.child("name");
            Field path = device.child("devicePath");
            deviceName(name, names, context);
            if (path.isEmpty()) {
                path.required("");
            }
            if (paths.contains(path.text())) {
                path.invalidText(path.text(), "must be unique");
            }
            if (PathRules.stepsBack(path.text())) {
                path.invalid("can not contain backsteps ('..')");
            } else {
                paths.add(path.text());
            }
            if (mountNames.contains(name.text())) {
                name.invalid("must not already exist in volumeMounts");
            }
            if (mountPaths.contains(path.text())) {
                path.invalid("must not already exist as a path in volumeMounts");
            }
            if (!name.isEmpty()) {
                names.add(name.text());
            }
        }
    }

    private static void deviceName(Field name, Set<String> names, PodContext context) {
        if (name.isEmpty()) {
            name.required("");
        }
        if (names.contains(name.text())) {
            name.invalid("must be unique");
        }
        Field volume = context.volumes().get(name.text());
        if (volume == null) {
            name.notFound();
        } else if (!volume.has("persistentVolumeClaim") && !volume.has("ephemeral")) {
            name.invalid(
                    "can only use volume source type of PersistentVolumeClaim or Ephemeral for"
                            + " block mode");
        }
    }

    private static Set<String> texts(Field list, String field) {
        return list.items().stream()
                .map(each -> each.text(field))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
