package dev.gantry.state.request;

import dev.gantry.model.kind.Kind;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.refusal.Judged;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.model.request.ApiRequest;
import dev.gantry.state.catalog.ResourceCatalog;
import dev.gantry.state.definition.ResourceDefinition;
import dev.gantry.state.definition.ServedVersion;
import dev.gantry.state.definition.Subresource;
import dev.gantry.state.registry.Target;
import dev.gantry.state.strategy.SubresourceRules;
import java.util.Optional;

/** What a path speaks of, and what its verb asks for there. */
public final class Routing {
    private static final String BINDINGS = "bindings";

    private Routing() {}

    public static Judged<Target> target(ApiRequest request, ResourceCatalog catalog) {
        // Compat: "bindings" is an older path to pods/binding, the pod being named in the body.
        String plural = request.plural().equals(BINDINGS) ? "pods" : request.plural();
        Optional<ResourceDefinition> definition =
                catalog.servedAs(new GroupResource(request.group(), plural));
        Optional<ServedVersion> version =
                definition.flatMap(each -> each.version(request.group(), request.version()));
        if (version.isEmpty()) {
            return Judged.refused(
                    catalog.hasBuiltin(request.group())
                            ? new Refusal.NoSuchPath()
                            : new Refusal.NoSuchPage());
        }
        Kind kind = definition.get().kind();
        boolean isMisplaced =
                !kind.isNamespaced()
                        && !request.namespace().isEmpty()
                        && !isNamespaceItself(request, kind);
        if (isMisplaced) {
            return Judged.refused(new Refusal.NoSuchPath());
        }
        String namespace = kind.isNamespaced() ? request.namespace() : "";
        return Judged.of(
                new Target(
                        definition.get().in(version.get()),
                        version.get(),
                        new ObjectKey(kind.resource(), namespace, request.name())));
    }

    /** Below {@code namespaces/NAME}, the namespace is the object, or what its objects are in. */
    private static boolean isNamespaceItself(ApiRequest request, Kind kind) {
        return kind.resource().equals(Resources.NAMESPACES)
                && request.name().equals(request.namespace());
    }

    public static Judged<ApiOperation> operation(Call call) {
        ApiRequest request = call.request();
        if (request.plural().equals(BINDINGS)) {
            return onlyIf(
                    request.verb().equals("create"),
                    call,
                    new ApiOperation.Act(Subresource.Operation.BIND));
        }
        boolean needsNamespace =
                call.kind().isNamespaced()
                        && call.target().namespace().isEmpty()
                        && !request.verb().equals("list")
                        && !request.verb().equals("watch");
        if (needsNamespace) {
            return notAllowed(call);
        }
        if (request.subresource().isEmpty()) {
            return whole(call);
        }
        return request.verb().equals("watch")
                ? Judged.refused(new Refusal.NoSuchPath())
                : rules(call);
    }

    private static Judged<ApiOperation> whole(Call call) {
        String verb = call.request().verb();
        if (!call.target().definition().verbs().contains(verb)) {
            return notAllowed(call);
        }
        boolean isNamed = !call.request().name().isEmpty();
        SubresourceRules rules = SubresourceRules.whole(call.target().strategy());
        return switch (verb) {
            case "get" -> Judged.of(new ApiOperation.Get());
            case "list" -> Judged.of(new ApiOperation.List());
            case "watch" -> Judged.of(new ApiOperation.Watch());
            case "create" -> onlyIf(!isNamed, call, new ApiOperation.Create());
            case "update" -> onlyIf(isNamed, call, new ApiOperation.Update(rules));
            case "patch" -> onlyIf(isNamed, call, new ApiOperation.Patch(rules));
            case "delete" -> Judged.of(new ApiOperation.Delete());
            case "deletecollection" -> Judged.of(new ApiOperation.DeleteCollection());
            default -> notAllowed(call);
        };
    }

    private static Judged<ApiOperation> rules(Call call) {
        Optional<Subresource> found =
                call.target().definition().subresource(partOf(call.request()));
        if (found.isEmpty()) {
            return Judged.refused(new Refusal.NoSuchPath());
        }
        if (!found.get().verbs().contains(call.request().verb())) {
            return notAllowed(call);
        }
        return switch (found.get()) {
            case Subresource.Connect connect -> Judged.of(new ApiOperation.Connect(connect));
            case Subresource.Stored stored -> stored(call, stored.rules());
            case Subresource.Scaled scaled -> scaled(call, scaled);
            case Subresource.Action action -> Judged.of(new ApiOperation.Act(action.operation()));
        };
    }

    /** Behind {@code proxy/} there is a path. */
    private static String partOf(ApiRequest request) {
        String rules = request.subresource();
        return rules.startsWith("proxy/") ? "proxy" : rules;
    }

    private static Judged<ApiOperation> stored(Call call, SubresourceRules rules) {
        return switch (call.request().verb()) {
            case "get" -> Judged.of(new ApiOperation.Get());
            case "update" -> Judged.of(new ApiOperation.Update(rules));
            case "patch" -> Judged.of(new ApiOperation.Patch(rules));
            default -> notAllowed(call);
        };
    }

    private static Judged<ApiOperation> scaled(Call call, Subresource.Scaled scaled) {
        return switch (call.request().verb()) {
            case "get" -> Judged.of(new ApiOperation.GetScale(scaled));
            case "update" -> Judged.of(new ApiOperation.UpdateScale(scaled));
            case "patch" -> Judged.of(new ApiOperation.PatchScale(scaled));
            default -> notAllowed(call);
        };
    }

    private static Judged<ApiOperation> onlyIf(
            boolean isAllowed, Call call, ApiOperation operation) {
        return isAllowed ? Judged.of(operation) : notAllowed(call);
    }

    /** Compat: what is built in has routes, and of custom kinds a handler of its own says no. */
    private static Judged<ApiOperation> notAllowed(Call call) {
        return Judged.refused(
                call.schema().isBuiltin()
                        ? new Refusal.NoSuchMethod()
                        : new Refusal.MethodNotAllowed(
                                call.target().requested(), call.request().verb()));
    }
}
