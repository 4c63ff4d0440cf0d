package dev.gantry.state.shell.kafka;

import dev.gantry.model.message.Topics;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.SecurityDisabledException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may do what on Kafka. A user is named as in its certificate: the same identity that it has at
 * the API.
 *
 * <p>Services may read the change feed and do their own part; the state service is the
 * administrator and needs no rights. The person who administers the cluster reads the feed, and is
 * the only one who reads audit events. An agent may read the wake-ups of its node and write what
 * its node says: not the change feed, and nothing of another node.
 */
final class Rights {
    private static final Logger LOG = LoggerFactory.getLogger(Rights.class);
    private static final long LIMIT_SECONDS = 30;

    private final Topics topics;

    Rights(Topics topics) {
        this.topics = topics;
    }

    List<AclBinding> ofServices() {
        String person = "kubernetes-admin";
        String gateway = "system:gantry:gateway";
        String scheduler = "system:kube-scheduler";
        String monitoring = "system:gantry:monitoring";
        String changes = topics.prefix() + "changes.";
        return List.of(
                all(scheduler, changes),
                topic(scheduler, topics.bindings(), AclOperation.READ),
                topic(scheduler, topics.bindings(), AclOperation.WRITE),
                topic(scheduler, topics.rejectedBindings(), AclOperation.READ),
                group(
                        scheduler,
                        topics.prefix() + "state.bindings",
                        PatternType.LITERAL,
                        AclOperation.DESCRIBE),
                all(person, changes),
                group(person, "admin.", PatternType.PREFIXED, AclOperation.READ),
                all("system:kube-controller-manager", changes),
                all(gateway, changes),
                topic(gateway, topics.audit(), AclOperation.WRITE),
                topic(person, topics.audit(), AclOperation.READ),
                all(monitoring, changes),
                all(monitoring, topics.heartbeats("")),
                all(monitoring, topics.usage("")),
                topic(monitoring, topics.echo(), AclOperation.READ),
                topic(monitoring, topics.echo(), AclOperation.WRITE));
    }

    /** Each topic by its whole name: the name of one node may be the beginning of another's. */
    List<AclBinding> ofNode(String node) {
        String agent = "system:node:" + node;
        return List.of(
                topic(agent, topics.assignments(node), AclOperation.READ),
                topic(agent, topics.podStatus(node), AclOperation.WRITE),
                topic(agent, topics.heartbeats(node), AclOperation.WRITE),
                topic(agent, topics.usage(node), AclOperation.WRITE));
    }

    static void grant(Admin admin, Collection<AclBinding> rights)
            throws InterruptedException, ExecutionException, TimeoutException {
        await(admin.createAcls(rights).all());
    }

    static void revoke(Admin admin, Collection<AclBinding> rights)
            throws InterruptedException, ExecutionException, TimeoutException {
        await(admin.deleteAcls(rights.stream().map(AclBinding::toFilter).toList()).all());
    }

    /** Where Kafka asks nobody who he is, or where somebody else gives out the rights: so be it. */
    private static void await(KafkaFuture<?> done)
            throws InterruptedException, ExecutionException, TimeoutException {
        try {
            done.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            switch (failed.getCause()) {
                case SecurityDisabledException _ -> LOG.debug("this Kafka knows no rights");
                case ClusterAuthorizationException _ ->
                        LOG.warn("Kafka's administrator has to give out the rights: we may not");
                case null, default -> throw failed;
            }
        }
    }

    private static AclBinding all(String user, String start) {
        return rule(
                user,
                new ResourcePattern(ResourceType.TOPIC, start, PatternType.PREFIXED),
                AclOperation.READ);
    }

    private static AclBinding group(
            String user, String name, PatternType how, AclOperation operation) {
        return rule(user, new ResourcePattern(ResourceType.GROUP, name, how), operation);
    }

    private static AclBinding topic(String user, String name, AclOperation operation) {
        return rule(
                user,
                new ResourcePattern(ResourceType.TOPIC, name, PatternType.LITERAL),
                operation);
    }

    private static AclBinding rule(String user, ResourcePattern what, AclOperation operation) {
        return new AclBinding(
                what,
                new AccessControlEntry("User:" + user, "*", operation, AclPermissionType.ALLOW));
    }
}
