package dev.gantry.state.shell.api;

import dev.gantry.model.exchange.ApiCall;
import dev.gantry.model.exchange.ApiReply;
import dev.gantry.model.kind.BuiltinKind;
import dev.gantry.model.kind.Kind;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.model.request.ApiRequest;
import dev.gantry.model.request.Query;
import dev.gantry.state.catalog.Catalog;
import dev.gantry.state.log.StateLog;
import dev.gantry.state.registry.Part;
import dev.gantry.state.registry.Target;
import dev.gantry.state.strategy.Strategy;
import java.util.HashMap;
import java.util.Map;

/** Who answers which verb on which resource. */
final class ResourceRoutes {
    private static final String BINDINGS = "bindings";

    private final Views views;
    private final Reads reads;
    private final Watches watches;
    private final Writes writes;
    private final PatchRequests patches;
    private final Deletes deletes;
    private final Subresources subresources;
    private final TokenRequests tokens;
    private final StateLog log;
    private final LargeWrites large = new LargeWrites(LargeWrites.PATIENCE);
    private final Map<String, Kind> kinds = new HashMap<>();

    ResourceRoutes(Views views, Reads reads, Watches watches, Tools tools, TokenRequests tokens) {
        this.views = views;
        this.reads = reads;
        this.watches = watches;
        this.writes = new Writes(tools);
        this.deletes = new Deletes(tools, writes, reads);
        this.subresources = new Subresources(tools, writes);
        this.patches = new PatchRequests(tools, writes, subresources);
        this.tokens = tokens;
        this.log = tools.log();
        for (Kind kind : BuiltinKind.values()) {
            kinds.put(kind.apiVersion() + "/" + kind.plural(), kind);
        }
    }

    ApiReply serve(ApiCall raw, ApiRequest request, Query query) throws InterruptedException {
        Call call = new Call(raw, request, query, target(request), views.of(request));
        return raw.body().length == 0
                ? answer(call)
                : large.perform(raw, log.get(call.target().key()), () -> answer(call));
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

    private Target target(ApiRequest request) {
        String version =
                request.group().isEmpty()
                        ? request.version()
                        : request.group() + "/" + request.version();
        // Compat: "bindings" is an older path to pods/binding, the pod being named in the body.
        String plural = request.plural().equals(BINDINGS) ? "pods" : request.plural();
        Kind kind = kinds.get(version + "/" + plural);
        if (kind == null) {
            throw new Refused(new Refusal.NoSuchPath());
        }
        boolean isMisplaced =
                !kind.isNamespaced()
                        && !request.namespace().isEmpty()
                        && kind != BuiltinKind.NAMESPACE;
        if (isMisplaced) {
            throw new Refused(new Refusal.NoSuchPath());
        }
        String namespace = kind.isNamespaced() ? request.namespace() : "";
        Strategy strategy = Catalog.of(kind);
        return new Target(
                kind, strategy, new ObjectKey(kind.resource(), namespace, request.name()));
    }

    private ApiReply whole(Call call) throws InterruptedException {
        boolean isNamed = !call.request().name().isEmpty();
        return switch (call.request().verb()) {
            case "get" -> reads.get(call);
            case "list" -> reads.list(call);
            case "watch" -> watches.watch(call);
            case "create" -> {
                if (isNamed) {
                    throw notAllowed(call);
                }
                yield writes.create(call);
            }
            case "update" -> {
                needName(call);
                yield writes.update(call, Part.WHOLE);
            }
            case "patch" -> {
                needName(call);
                yield patches.patch(call, Part.WHOLE);
            }
            case "delete" -> deletes.delete(call);
            case "deletecollection" -> {
                if (call.kind() == BuiltinKind.NAMESPACE) {
                    throw notAllowed(call);
                }
                yield deletes.deleteCollection(call);
            }
            default -> throw notAllowed(call);
        };
    }

    private ApiReply part(Call call) throws InterruptedException {
        String subresource = call.request().subresource();
        if (call.target().strategy().subresources().contains(subresource)) {
            return switch (subresource) {
                case "status" -> stored(call, Part.STATUS);
                case "scale" -> scale(call);
                case "finalize" -> {
                    if (!call.request().verb().equals("update")) {
                        throw notAllowed(call);
                    }
                    yield writes.update(call, Part.FINALIZE);
                }
                case "ephemeralcontainers" -> stored(call, Part.EPHEMERAL_CONTAINERS);
                case "resize" -> stored(call, Part.RESIZE);
                default -> throw new Refused(new Refusal.NoSuchPath());
            };
        }
        boolean isCreate = call.request().verb().equals("create");
        return switch (call.kind().plural() + "/" + subresource) {
            case "pods/binding" -> subresources.bind(onlyIf(isCreate, call));
            case "pods/eviction" -> subresources.evict(onlyIf(isCreate, call));
            case "serviceaccounts/token" -> tokens.create(onlyIf(isCreate, call));
            default -> throw new Refused(new Refusal.NoSuchPath());
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

    private ApiReply scale(Call call) throws InterruptedException {
        return switch (call.request().verb()) {
            case "get" -> subresources.getScale(call);
            case "update" -> subresources.putScale(call);
            case "patch" -> patches.patch(call, Part.SCALE);
            default -> throw notAllowed(call);
        };
    }

    private static void needName(Call call) {
        if (call.request().name().isEmpty()) {
            throw notAllowed(call);
        }
    }

    private static Call onlyIf(boolean isAllowed, Call call) {
        if (!isAllowed) {
            throw notAllowed(call);
        }
        return call;
    }

    private static Refused notAllowed(Call call) {
        return new Refused(
                new Refusal.MethodNotAllowed(call.target().resource(), call.request().verb()));
    }
}
