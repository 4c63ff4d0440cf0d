package dev.gantry.acceptance.operator.informer;

import com.google.gson.Gson;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.custom.V1Patch;
import io.kubernetes.client.extended.controller.reconciler.Reconciler;
import io.kubernetes.client.extended.controller.reconciler.Request;
import io.kubernetes.client.extended.controller.reconciler.Result;
import io.kubernetes.client.informer.cache.Lister;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.models.V1Condition;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1DeploymentStatus;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.util.generic.GenericKubernetesApi;
import io.kubernetes.client.util.generic.KubernetesApiResponse;
import io.kubernetes.client.util.generic.options.PatchOptions;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Applies what a Site consists of, tells how it is, and keeps its entry in the ConfigMap {@code
 * sites}, which has no owner: the finalizer takes it out.
 */
final class SiteReconciler implements Reconciler {
    private final Apis apis;
    private final Lister<Site> sites;
    private final Lister<V1Deployment> deployments;
    private final Gson gson;

    SiteReconciler(Apis apis, Lister<Site> sites, Lister<V1Deployment> deployments, Gson gson) {
        this.apis = apis;
        this.sites = sites;
        this.deployments = deployments;
        this.gson = gson;
    }

    @Override
    public Result reconcile(Request request) {
        Site site = sites.namespace(request.getNamespace()).get(request.getName());
        if (site == null) {
            return new Result(false);
        }
        try {
            settle(site);
            return new Result(false);
        } catch (ApiException refused) {
            // What was read may be old: the next look knows better.
            System.err.println(request + ": " + refused.getMessage());
            return new Result(true);
        }
    }

    private void settle(Site site) throws ApiException {
        if (site.isBeingDeleted()) {
            writeEntry(site, null);
            setFinalizer(site, false);
            return;
        }
        if (!site.hasFinalizer()) {
            setFinalizer(site, true);
            return;
        }
        writeEntry(site, site.spec().message());
        apply(apis.deployments(), Dependents.deployment(site));
        apply(apis.services(), Dependents.service(site));
        V1Deployment found = deployments.namespace(site.namespace()).get(site.name());
        Site.Status status = statusOf(site, found == null ? null : found.getStatus());
        if (!status.equals(site.status())) {
            apis.sites().updateStatus(site, _ -> status).throwsApiException();
        }
    }

    private <T extends KubernetesObject> void apply(GenericKubernetesApi<T, ?> api, T wanted)
            throws ApiException {
        var options = new PatchOptions();
        options.setFieldManager("site-operator");
        options.setForce(true);
        api.patch(
                        wanted.getMetadata().getNamespace(),
                        wanted.getMetadata().getName(),
                        V1Patch.PATCH_FORMAT_APPLY_YAML,
                        new V1Patch(gson.toJson(wanted)),
                        options)
                .throwsApiException();
    }

    /** With the revision that was read, so that nobody else's finalizer is lost. */
    private void setFinalizer(Site site, boolean isWanted) throws ApiException {
        List<String> finalizers =
                new ArrayList<>(
                        Objects.requireNonNullElse(site.metadata().getFinalizers(), List.of()));
        finalizers.removeAll(Collections.singleton(Site.FINALIZER));
        if (isWanted) {
            finalizers.add(Site.FINALIZER);
        }
        var patch =
                Map.of(
                        "metadata",
                        Map.of(
                                "finalizers",
                                finalizers,
                                "resourceVersion",
                                Objects.requireNonNull(site.metadata().getResourceVersion())));
        apis.sites()
                .patch(
                        site.namespace(),
                        site.name(),
                        V1Patch.PATCH_FORMAT_JSON_MERGE_PATCH,
                        new V1Patch(gson.toJson(patch)))
                .throwsApiException();
    }

    private void writeEntry(Site site, @Nullable String message) throws ApiException {
        String value = message == null ? "null" : gson.toJson(message);
        KubernetesApiResponse<V1ConfigMap> answer =
                apis.entries()
                        .patch(
                                site.namespace(),
                                "sites",
                                V1Patch.PATCH_FORMAT_JSON_MERGE_PATCH,
                                new V1Patch(
                                        "{\"data\": {%s: %s}}"
                                                .formatted(gson.toJson(site.name()), value)));
        if (answer.getHttpStatusCode() == 404) {
            V1ObjectMeta metadata = new V1ObjectMeta().name("sites").namespace(site.namespace());
            apis.entries().create(new V1ConfigMap().metadata(metadata)).throwsApiException();
            writeEntry(site, message);
            return;
        }
        answer.throwsApiException();
    }

    private static Site.Status statusOf(Site site, @Nullable V1DeploymentStatus pods) {
        int wanted = site.spec().replicas();
        int ready = pods == null ? 0 : Objects.requireNonNullElse(pods.getReadyReplicas(), 0);
        int updated = pods == null ? 0 : Objects.requireNonNullElse(pods.getUpdatedReplicas(), 0);
        int all = pods == null ? 0 : Objects.requireNonNullElse(pods.getReplicas(), 0);
        boolean isReady = ready == wanted && updated == wanted && all == wanted;
        return new Site.Status(
                Objects.requireNonNull(site.metadata().getGeneration()),
                ready,
                "site=" + site.name(),
                List.of(condition(site, isReady ? "True" : "False")));
    }

    private static V1Condition condition(Site site, String state) {
        Site.Status former = site.status();
        if (former != null && former.conditions().getFirst().getStatus().equals(state)) {
            return former.conditions().getFirst();
        }
        return new V1Condition()
                .type("Ready")
                .status(state)
                .reason("Counted")
                .message("")
                .lastTransitionTime(OffsetDateTime.now());
    }
}
