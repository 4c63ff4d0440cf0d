package dev.gantry.state.authorization;

import dev.gantry.authorization.Access;
import dev.gantry.authorization.RbacPolicy;
import dev.gantry.authorization.Selection;
import dev.gantry.authorization.Verdict;
import dev.gantry.model.exchange.Caller;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.FieldError;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.catalog.ResourceCatalog;
import dev.gantry.state.log.StoredObject;
import dev.gantry.state.schema.GroupVersionKind;
import dev.gantry.state.view.View;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * What an admission policy and its binding need besides the permission to write them: to read the
 * parameters that they name, since the messages of a policy may tell what is in them.
 *
 * <p>Compat: {@code authz.go} beside the strategies of policies and bindings. Masters need nothing.
 */
record ParamRights(View view, Supplier<ResourceCatalog> catalog) {
    static final String GROUP = "admissionregistration.k8s.io";

    private static final String ALL = "*";

    /**
     * Empty where the caller may write this.
     *
     * @param judge of what the caller may do
     */
    Optional<Refusal> refusal(Write write, Function<Access, Verdict> judge) {
        if (!write.subresource().isEmpty() || write.caller().isIn(RbacPolicy.MASTERS)) {
            return Optional.empty();
        }
        return switch (write.resource().plural()) {
            case "validatingadmissionpolicies", "mutatingadmissionpolicies" ->
                    ofPolicy(write, judge);
            case "validatingadmissionpolicybindings" ->
                    ofBinding(write, "validatingadmissionpolicies", judge);
            case "mutatingadmissionpolicybindings" ->
                    ofBinding(write, "mutatingadmissionpolicies", judge);
            default -> Optional.empty();
        };
    }

    private Optional<Refusal> ofPolicy(Write write, Function<Access, Verdict> judge) {
        JsonNode kind = write.wanted().spec().path("paramKind");
        boolean isAsBefore =
                write.stored()
                        .map(each -> each.spec().path("paramKind").equals(kind))
                        .orElse(false);
        if (!kind.isObject() || isAsBefore) {
            return Optional.empty();
        }
        return judge.apply(access("get", kind, ALL, ALL)).isAllowed()
                ? Optional.empty()
                : forbidden(
                        write,
                        "paramKind",
                        ("user %s must have \"get\" permission on all objects of the referenced"
                                        + " paramKind (kind=%s, apiVersion=%s)")
                                .formatted(
                                        written(write.caller()),
                                        Resource.text(kind, "kind"),
                                        Resource.text(kind, "apiVersion")));
    }

    /** Compat: asked at each update, since upstream compares pointers of the references. */
    private Optional<Refusal> ofBinding(
            Write write, String policies, Function<Access, Verdict> judge) {
        JsonNode reference = write.wanted().spec().path("paramRef");
        if (!reference.isObject()) {
            return Optional.empty();
        }
        boolean isOfMutation = policies.startsWith("mutating");
        String name = Resource.text(reference, "name");
        String verb = name.isEmpty() ? "list" : "get";
        JsonNode kind = paramKind(policies, Resource.text(write.wanted().spec(), "policyName"));
        Access wanted = access(verb, kind, Resource.text(reference, "namespace"), name);
        if (judge.apply(wanted).isAllowed()) {
            return Optional.empty();
        }
        String user = written(write.caller());
        // Compat: of bindings of mutating policies, upstream exchanges the two.
        return forbidden(
                write,
                "paramRef",
                "user %s does not have \"%s\" permission on the object referenced by paramRef"
                        .formatted(isOfMutation ? verb : user, isOfMutation ? user : verb));
    }

    private JsonNode paramKind(String policies, String policy) {
        return view.get(new ObjectKey(new GroupResource(GROUP, policies), "", policy))
                .map(StoredObject::decode)
                .map(found -> found.spec().path("paramKind"))
                .orElse(MissingNode.getInstance());
    }

    /** Of a kind that nobody serves, all resources; without a kind, all there are. */
    private Access access(String verb, JsonNode paramKind, String namespace, String name) {
        if (!paramKind.isObject()) {
            return access(verb, new GroupVersionKind(ALL, ALL, ""), ALL, namespace, name);
        }
        GroupVersionKind kind =
                GroupVersionKind.of(
                        Resource.text(paramKind, "apiVersion"), Resource.text(paramKind, "kind"));
        String plural = catalog.get().version(kind).map(each -> each.kind().plural()).orElse(ALL);
        return access(verb, kind, plural, namespace, name);
    }

    private static Access access(
            String verb, GroupVersionKind of, String plural, String namespace, String name) {
        return new Access(
                verb,
                true,
                of.group(),
                of.version(),
                plural,
                "",
                namespace,
                name,
                "",
                Selection.EVERYTHING);
    }

    private static Optional<Refusal> forbidden(Write write, String field, String why) {
        Resource wanted = write.wanted();
        return Optional.of(
                new Refusal.Invalid(
                        GROUP,
                        wanted.kind(),
                        wanted.name(),
                        List.of(FieldError.forbidden("spec." + field, why))));
    }

    /** As Go prints a pointer to a user. */
    private static String written(Caller caller) {
        String extra =
                caller.extra().entrySet().stream()
                        .map(each -> each.getKey() + ":" + written(each.getValue()))
                        .collect(Collectors.joining(" ", "map[", "]"));
        return "&{%s %s %s %s}"
                .formatted(caller.user(), caller.uid(), written(caller.groups()), extra);
    }

    private static String written(List<String> texts) {
        return texts.stream().collect(Collectors.joining(" ", "[", "]"));
    }
}
