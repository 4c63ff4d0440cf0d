package dev.gantry.state.admission.policy;

import static dev.gantry.model.meta.Resource.text;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.selector.LabelSelector;
import dev.gantry.state.admission.match.Matching;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A ValidatingAdmissionPolicyBinding, read.
 *
 * @param actions what a failed validation leads to: Deny, Warn, Audit
 */
record PolicyBinding(
        String name,
        String policy,
        Matching matching,
        Optional<ParamRef> params,
        List<String> actions) {
    /** Which objects are the parameters: the one of a name, or those that are selected. */
    record ParamRef(
            String namespace, String name, Optional<LabelSelector> selector, boolean mustExist) {
        static ParamRef of(JsonNode tree) {
            JsonNode selector = tree.path("selector");
            return new ParamRef(
                    text(tree, "namespace"),
                    text(tree, "name"),
                    selector.isObject()
                            ? Optional.of(LabelSelector.of(selector))
                            : Optional.empty(),
                    text(tree, "parameterNotFoundAction").equals("Deny"));
        }
    }

    static PolicyBinding of(Resource binding) {
        JsonNode spec = binding.spec();
        List<String> actions = new ArrayList<>();
        spec.path("validationActions").forEach(each -> actions.add(each.asString("")));
        return new PolicyBinding(
                binding.name(),
                text(spec, "policyName"),
                Matching.ofBinding(spec.path("matchResources")),
                spec.path("paramRef").isObject()
                        ? Optional.of(ParamRef.of(spec.path("paramRef")))
                        : Optional.empty(),
                List.copyOf(actions));
    }
}
