package dev.gantry.state.admission.plugin;

import dev.gantry.model.exchange.Caller;
import dev.gantry.model.kind.Kind;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.admission.AdmissionRequest;
import dev.gantry.state.admission.AdmissionRequest.Operation;
import dev.gantry.state.admission.ClusterView;
import dev.gantry.state.admission.RequestContext;
import dev.gantry.state.kind.BuiltinKinds;
import dev.gantry.state.registry.option.WriteOptions;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Runs all plugins on a request for an object itself. */
record PluginRuns(ClusterView view, Caller caller, long seed) {
    Optional<Refusal> run(
            Kind kind, Operation operation, ObjectNode object, Optional<Resource> stored) {
        AdmissionRequest request = request(kind, operation, object, stored);
        return DefaultPlugins.MUTATING.stream()
                .flatMap(each -> each.admit(request, view).stream())
                .findFirst()
                .or(
                        () ->
                                DefaultPlugins.validating(AdmissionConfiguration.NONE).stream()
                                        .flatMap(each -> each.validate(request, view).stream())
                                        .findFirst());
    }

    AdmissionRequest request(
            Kind kind, Operation operation, ObjectNode object, Optional<Resource> stored) {
        var definition = BuiltinKinds.CATALOG.definition(kind.resource()).orElseThrow();
        var subject =
                new AdmissionRequest.Subject(
                        definition,
                        definition.versions().getFirst(),
                        "",
                        new Resource(object).key(kind.resource()));
        var context = RequestContext.of(caller, "uid", seed, WriteOptions.NONE);
        return new AdmissionRequest(subject, operation, object, stored, context);
    }
}
