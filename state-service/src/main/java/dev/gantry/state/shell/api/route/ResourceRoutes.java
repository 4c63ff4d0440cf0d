package dev.gantry.state.shell.api.route;

import static dev.gantry.state.shell.api.reply.Refused.accepted;

import dev.gantry.model.exchange.ApiCall;
import dev.gantry.model.exchange.ApiReply;
import dev.gantry.model.request.ApiRequest;
import dev.gantry.model.request.Query;
import dev.gantry.state.catalog.ResourceCatalog;
import dev.gantry.state.definition.Subresource;
import dev.gantry.state.registry.Target;
import dev.gantry.state.request.ApiOperation;
import dev.gantry.state.request.Call;
import dev.gantry.state.request.Routing;
import dev.gantry.state.shell.api.read.ReadRoute;
import dev.gantry.state.shell.api.read.Views;
import dev.gantry.state.shell.api.reply.Warned;
import dev.gantry.state.shell.api.token.TokenRoute;
import dev.gantry.state.shell.api.token.TokenSigner;
import dev.gantry.state.shell.api.watch.WatchRoute;
import dev.gantry.state.shell.api.write.LargeWrites;
import dev.gantry.state.shell.api.write.WriteDependencies;
import dev.gantry.state.shell.api.write.Writes;

/** Who answers which operation. */
public final class ResourceRoutes {
    private final WriteDependencies dependencies;
    private final Views views;
    private final ReadRoute reads;
    private final WatchRoute watches;
    private final WriteRoute writes;
    private final PatchRoute patches;
    private final DeleteRoute deletes;
    private final ScaleRoute scales;
    private final PodRoute pods;
    private final TokenRoute tokens;
    private final ConnectRoute connects;
    private final LargeWrites large = new LargeWrites(LargeWrites.PATIENCE);

    public ResourceRoutes(
            Views views,
            ReadRoute reads,
            WatchRoute watches,
            WriteDependencies dependencies,
            TokenSigner signer) {
        Writes performed = new Writes(dependencies);
        this.dependencies = dependencies;
        this.views = views;
        this.reads = reads;
        this.watches = watches;
        this.writes = new WriteRoute(dependencies, performed);
        this.patches =
                new PatchRoute(dependencies, performed, new ApplyRoute(dependencies, performed));
        this.deletes = new DeleteRoute(dependencies, performed, reads);
        this.scales = new ScaleRoute(dependencies, performed);
        this.pods = new PodRoute(dependencies, performed);
        this.tokens = new TokenRoute(dependencies, performed, signer);
        this.connects = new ConnectRoute(performed);
    }

    public ApiReply serve(ApiCall raw, ApiRequest request, Query query)
            throws InterruptedException {
        ResourceCatalog now = dependencies.catalog().get();
        Target target = accepted(Routing.target(request, now));
        Call call = new Call(raw, request, query, now, target, accepted(views.of(request)));
        return Warned.of(
                target.strategy().deprecation(),
                () ->
                        raw.body().length == 0
                                ? answer(call)
                                : large.perform(
                                        raw,
                                        dependencies.log().get(target.key()),
                                        () -> answer(call)));
    }

    private ApiReply answer(Call call) throws InterruptedException {
        return switch (accepted(Routing.operation(call))) {
            case ApiOperation.Get _ -> reads.get(call);
            case ApiOperation.List _ -> reads.list(call);
            case ApiOperation.Watch _ -> watches.watch(call);
            case ApiOperation.Create _ -> writes.create(call);
            case ApiOperation.Update(var part) -> writes.update(call, part);
            case ApiOperation.Patch(var part) -> patches.patch(call, part);
            case ApiOperation.Delete _ -> deletes.delete(call);
            case ApiOperation.DeleteCollection _ -> deletes.deleteCollection(call);
            case ApiOperation.GetScale(var scaled) -> scales.get(call, scaled);
            case ApiOperation.UpdateScale(var scaled) -> scales.update(call, scaled);
            case ApiOperation.PatchScale(var scaled) -> scales.patch(call, scaled);
            case ApiOperation.Act(var operation) -> act(call, operation);
            case ApiOperation.Connect(var connect) -> connects.admit(call, connect);
        };
    }

    private ApiReply act(Call call, Subresource.Operation operation) throws InterruptedException {
        return switch (operation) {
            case BIND -> pods.bind(call);
            case EVICT -> pods.evict(call);
            case ISSUE_TOKEN -> tokens.create(call);
        };
    }
}
