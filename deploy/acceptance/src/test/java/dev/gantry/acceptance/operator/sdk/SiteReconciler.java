package dev.gantry.acceptance.operator.sdk;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.Workflow;
import io.javaoperatorsdk.operator.api.reconciler.dependent.Dependent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/**
 * Tells how a Site is, and keeps its entry in the ConfigMap {@code sites}, which has no owner: the
 * finalizer takes it out.
 */
@Workflow(
        dependents = {
            @Dependent(type = SiteDeployment.class),
            @Dependent(type = SiteService.class)
        })
@ControllerConfiguration(finalizerName = "sdk.example.com/entry")
public final class SiteReconciler implements Reconciler<Site>, Cleaner<Site> {
    @Override
    public UpdateControl<Site> reconcile(Site site, Context<Site> context) {
        write(site, Map.of(site.name(), site.getSpec().message()), context);
        var found = new Site();
        found.getMetadata().setName(site.name());
        found.getMetadata().setNamespace(site.namespace());
        found.setStatus(statusOf(site, context));
        return UpdateControl.patchStatus(found);
    }

    @Override
    public DeleteControl cleanup(Site site, Context<Site> context) {
        write(site, Map.of(), context);
        return DeleteControl.defaultDelete();
    }

    /** Each Site is a field manager of its own: what it applies no longer is taken away. */
    private static void write(Site site, Map<String, String> entry, Context<Site> context) {
        context.getClient()
                .resource(
                        new ConfigMapBuilder()
                                .withNewMetadata()
                                .withName("sites")
                                .withNamespace(site.namespace())
                                .endMetadata()
                                .withData(entry)
                                .build())
                .fieldManager("site-" + site.name())
                .serverSideApply();
    }

    private static Site.Status statusOf(Site site, Context<Site> context) {
        DeploymentStatus pods =
                context.getSecondaryResource(Deployment.class)
                        .map(Deployment::getStatus)
                        .orElseGet(DeploymentStatus::new);
        int ready = pods.getReadyReplicas() == null ? 0 : pods.getReadyReplicas();
        int updated = pods.getUpdatedReplicas() == null ? 0 : pods.getUpdatedReplicas();
        int all = pods.getReplicas() == null ? 0 : pods.getReplicas();
        int wanted = site.getSpec().replicas();
        boolean isReady = ready == wanted && updated == wanted && all == wanted;
        return new Site.Status(
                site.getMetadata().getGeneration(),
                ready,
                "site=" + site.name(),
                List.of(condition(site, isReady ? "True" : "False")));
    }

    private static Condition condition(Site site, String state) {
        Site.Status former = site.getStatus();
        String since =
                former == null || former.conditions() == null
                        ? ""
                        : former.conditions().stream()
                                .filter(each -> each.getStatus().equals(state))
                                .map(Condition::getLastTransitionTime)
                                .findFirst()
                                .orElse("");
        return new ConditionBuilder()
                .withType("Ready")
                .withStatus(state)
                .withReason("Counted")
                .withMessage("")
                .withLastTransitionTime(
                        since.isEmpty()
                                ? Instant.now().truncatedTo(ChronoUnit.SECONDS).toString()
                                : since)
                .build();
    }
}
