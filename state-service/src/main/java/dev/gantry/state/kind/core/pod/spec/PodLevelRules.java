package dev.gantry.state.kind.core.pod.spec;

import dev.gantry.model.quantity.Quantity;
import dev.gantry.state.kind.core.pod.container.ClaimRules;
import dev.gantry.state.kind.core.pod.container.PodContext;
import dev.gantry.state.kind.core.pod.container.ResourceNames;
import dev.gantry.state.kind.core.pod.container.ResourceRules;
import dev.gantry.state.kind.core.pod.defaults.PodLevelDefaults;
import dev.gantry.state.validation.Field;
import java.util.List;
import java.util.Map;

/** Resources of the pod as a whole. Compat: {@code validatePodResources}. */
final class PodLevelRules {
    private PodLevelRules() {}

    static void check(Field spec, PodContext context) {
        Field own = spec.child("resources");
        if (!own.isSet()) {
            return;
        }
        if (own.has("claims")) {
            own.child("claims").forbidden("claims may not be set for Resources at pod-level");
        }
        ResourceRules.check(own, PodLevelRules::checkName);
        ClaimRules.references(own.child("claims"), context);
        requestsCoverContainers(spec, own.child("requests"));
        limitsCoverContainers(spec, own);
    }

    private static void checkName(Field amount, String name) {
        if (ResourceNames.checkName(amount, name) && !PodLevelDefaults.isSupported(name)) {
            amount.at(amount.path()).notSupportedText(name, List.of("cpu", "hugepages-", "memory"));
        }
    }

    private static void requestsCoverContainers(Field spec, Field requests) {
        for (Map.Entry<String, Quantity> sum :
                PodLevelDefaults.ofContainers(spec.value()).entrySet()) {
            Field request = requests.key(sum.getKey());
            Quantity found = request.quantity().orElse(Quantity.ZERO);
            if (request.isSet() && sum.getValue().compareTo(found) > 0) {
                request.invalidText(
                        found.toString(),
                        "must be greater than or equal to aggregate container requests of "
                                + sum.getValue());
            }
        }
    }

    private static void limitsCoverContainers(Field spec, Field own) {
        List<Field> containers = spec.child("containers").items();
        for (int i = 0; i < containers.size(); i++) {
            for (var limit : containers.get(i).child("resources", "limits").entries().entrySet()) {
                String name = limit.getKey();
                Quantity most = own.child("limits").key(name).quantity().orElse(null);
                Quantity found = limit.getValue().quantity().orElse(null);
                if (most != null && found != null && found.compareTo(most) > 0) {
                    String path = "%s.containers[%d][%s].limits".formatted(own.path(), i, name);
                    own.at(path)
                            .invalidText(
                                    found.toString(),
                                    "must be less than or equal to pod limits of " + most);
                }
            }
        }
    }
}
