package dev.gantry.state.shell.api.route;

import dev.gantry.model.exchange.ApiCall;
import dev.gantry.model.exchange.ApiReply;
import dev.gantry.model.kind.Kind;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.model.request.ApiRequest;
import dev.gantry.model.request.Query;
import dev.gantry.state.catalog.ResourceCatalog;
import dev.gantry.state.definition.ResourceDefinition;
import dev.gantry.state.definition.ServedVersion;
import dev.gantry.state.definition.Subresource;
import dev.gantry.state.log.StateLog;
import dev.gantry.state.registry.Target;
import dev.gantry.state.request.Call;
import dev.gantry.state.shell.api.read.ReadRoute;
import dev.gantry.state.shell.api.read.Views;
import dev.gantry.state.shell.api.reply.Refused;
import dev.gantry.state.shell.api.reply.Replies;
import dev.gantry.state.shell.api.token.TokenRoute;
import dev.gantry.state.shell.api.watch.WatchRoute;
import dev.gantry.state.shell.api.write.LargeWrites;
import dev.gantry.state.shell.api.write.Tools;
import dev.gantry.state.shell.api.write.Writes;
import dev.gantry.state.strategy.Part;
import java.util.Optional;
import java.util.function.Supplier;

/** Who answers which verb on which resource. */
public final class ResourceRoutes {
    private static final String BINDINGS = "bindings";

    private final Views views;
    private final ReadRoute reads;
    private final WatchRoute watches;
    private final Writes writes;
    private final PatchRoute patches;
    private final DeleteRoute deletes;
    private final SubresourceRoutes subresources;
    private final TokenRoute tokens;
    private final ConnectRoute connects;
    private final StateLog log;
    private final LargeWrites large = new LargeWrites(LargeWrites.PATIENCE);
    private final Supplier<ResourceCatalog> catalog;

    public ResourceRoutes(Views views, ReadRoute reads, WatchRoute watches, Tools tools, TokenRoute tokens) {
        this.views = views;
        this.reads = reads;
        this.watches = watches;
        this.writes = new Writes(tools);
        this.deletes = new DeleteRoute(tools, writes, reads);
        this.subresources = new SubresourceRoutes(tools, writes);
        this.patches = new PatchRoute(tools, writes, subresources);
        this.tokens = tokens;
        this.connects = new ConnectRoute(tools);
        this.log = tools.log();
        this.catalog = tools.catalog();
    }

    public ApiReply serve(ApiCall raw, ApiRequest request, Query query) throws InterruptedException {
        ResourceCatalog now = catalog.get();
        Call call = new Call(raw, request, query, now, target(request, now), views.of(request));
        ApiReply reply =
                raw.body().length == 0
                        ? answer(call)
                        : large.perform(raw, log.get(call.target().key()), () -> answer(call));
        Optional<String> deprecation = call.target().strategy().deprecation();
        return deprecation.isPresent() ? Replies.warned(reply, deprecation.get()) : reply;
    }

    private ApiReply answer(Call call) throws InterruptedException {
        ApiRequest request = call.request();
        if (request.plural().equals(BINDINGS)) {
            return subresources.bind(onlyIf(request.verb().equals("create"), call));
        }
        boolean needsNamespace =
                call.kind().isNamespaced()
                        && call.target().namespace().isEmpty()
                        && !request.verb().equals("list")
                        && !request.verb().equals("watch");
        if (needsNamespace) {
            throw notAllowed(call);
        }
        boolean watchesPart = request.verb().equals("watch") && !request.subresource().isEmpty();
        if (watchesPart) {
            throw new Refused(new Refusal.NoSuchPath());
        }
        return request.subresource().isEmpty() ? whole(call) : part(call);
    }

    private static Target target(ApiRequest request, ResourceCatalog catalog) {
        // Compat: "bindings" is an older path to pods/binding, the pod being named in the body.
        String plural = request.plural().equals(BINDINGS) ? "pods" : request.plural();
        ResourceDefinition definition =
                catalog.servedAs(new GroupResource(request.group(), plural))
                        .orElseThrow(() -> new Refused(new Refusal.NoSuchPath()));
        ServedVersion version =
                definition
                        .version(request.group(), request.version())
                        .orElseThrow(() -> new Refused(new Refusal.NoSuchPath()));
        Kind kind = definition.kind();
        boolean isMisplaced =
                !kind.isNamespaced()
                        && !request.namespace().isEmpty()
                        && !kind.resource().equals(Resources.NAMESPACES);
        if (isMisplaced) {
            throw new Refused(new Refusal.NoSuchPath());
        }
        String namespace = kind.isNamespaced() ? request.namespace() : "";
        return new Target(
                definition, version, new ObjectKey(kind.resource(), namespace, request.name()));
    }

    private ApiReply whole(Call call) throws InterruptedException {
        String verb = call.request().verb();
        ResourceDefinition definition = call.target().definition();
        if (!definition.verbs().contains(verb)) {
            throw notAllowed(call);
        }
        boolean isNamed = !call.request().name().isEmpty();
        return switch (verb) {
            case "get" -> reads.get(call);
            case "list" -> reads.list(call);
            case "watch" -> watches.watch(call);
            case "create" -> writes.create(onlyIf(!isNamed, call));
            case "update" -> writes.update(onlyIf(isNamed, call), wholeOf(call.target()));
            case "patch" -> patches.patch(onlyIf(isNamed, call), wholeOf(call.target()));
            case "delete" -> deletes.delete(call);
            case "deletecollection" -> deletes.deleteCollection(call);
            default -> throw notAllowed(call);
        };
    }

    private static Part wholeOf(Target target) {
        return Part.whole(target.strategy());
    }

    private ApiReply part(Call call) throws InterruptedException {
        Subresource found =
                call.target()
                        .definition()
                        .subresource(partOf(call.request()))
                        .orElseThrow(() -> new Refused(new Refusal.NoSuchPath()));
        return switch (found) {
            case Subresource.Connect connect -> connects.admit(allowed(call, found), connect);
            case Subresource.Stored stored -> stored(allowed(call, found), stored.part());
            case Subresource.Scaled scaled -> scale(allowed(call, found), scaled);
            case Subresource.Action action -> act(allowed(call, found), action.operation());
        };
    }

    /** Behind {@code proxy/} there is a path. */
    private static String partOf(ApiRequest request) {
        String part = request.subresource();
        return part.startsWith("proxy/") ? "proxy" : part;
    }

    private ApiReply act(Call call, Subresource.Operation operation) throws InterruptedException {
        return switch (operation) {
            case BIND -> subresources.bind(call);
            case EVICT -> subresources.evict(call);
            case ISSUE_TOKEN -> tokens.create(call);
        };
    }

    private ApiReply stored(Call call, Part part) throws InterruptedException {
        return switch (call.request().verb()) {
            case "get" -> reads.get(call);
            case "update" -> writes.update(call, part);
            case "patch" -> patches.patch(call, part);
            default -> throw notAllowed(call);
        };
    }

    private ApiReply scale(Call call, Subresource.Scaled scaled) throws InterruptedException {
        return switch (call.request().verb()) {
            case "get" -> subresources.getScale(call, scaled);
            case "update" -> subresources.putScale(call, scaled);
            case "patch" -> patches.patchScale(call, scaled);
            default -> throw notAllowed(call);
        };
    }

    private static Call allowed(Call call, Subresource subresource) {
        return onlyIf(subresource.verbs().contains(call.request().verb()), call);
    }

    private static Call onlyIf(boolean isAllowed, Call call) {
        if (!isAllowed) {
            throw notAllowed(call);
        }
        return call;
    }

    private static Refused notAllowed(Call call) {
        return new Refused(
                new Refusal.MethodNotAllowed(call.target().requested(), call.request().verb()));
    }
}
