package dev.gantry.state.kind.core.pod.container;

import dev.gantry.state.validation.Field;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Ports on the host are taken once by all containers that run together. */
final class HostPorts {
    private HostPorts() {}

    static void unique(List<Field> containers) {
        Set<String> taken = new TreeSet<>();
        for (Field container : containers) {
            for (Field port : container.child("ports").items()) {
                long number = port.child("hostPort").number();
                String key = port.text("protocol") + "/" + port.text("hostIP") + "/" + number;
                if (number != 0 && !taken.add(key)) {
                    port.child("hostPort").duplicateText(key);
                }
            }
        }
    }
}
