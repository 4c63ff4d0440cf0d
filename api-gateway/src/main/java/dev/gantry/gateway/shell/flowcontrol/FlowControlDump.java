package dev.gantry.gateway.shell.flowcontrol;

import dev.gantry.authorization.Access;
import dev.gantry.gateway.flowcontrol.DumpTable;
import dev.gantry.gateway.flowcontrol.FairQueues.QueueState;
import dev.gantry.gateway.flowcontrol.FairQueues.Ticket;
import dev.gantry.gateway.shell.flowcontrol.RequestCounts.Rejection;
import dev.gantry.model.request.Query;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * How the levels stand, their queues, and the requests that wait or had to, for people who look for
 * the reason of a 429.
 *
 * <p>Compat: {@code apf_controller_debug.go}. Requests that got their seats at once are not told:
 * nothing is kept of them but their number.
 */
public final class FlowControlDump {
    private static final String PATH = "/debug/api_priority_and_fairness/";
    private static final List<String> LEVELS =
            List.of(
                    "PriorityLevelName",
                    "ActiveQueues",
                    "IsIdle",
                    "IsQuiescing",
                    "WaitingRequests",
                    "ExecutingRequests",
                    "DispatchedRequests",
                    "RejectedRequests",
                    "TimedoutRequests",
                    "CancelledRequests");
    private static final List<String> QUEUES =
            List.of(
                    "PriorityLevelName",
                    "Index",
                    "PendingRequests",
                    "ExecutingRequests",
                    "SeatsInUse",
                    "NextDispatchR",
                    "InitialSeatsSum",
                    "MaxSeatsSum",
                    "TotalWorkSum");
    private static final List<String> REQUESTS =
            List.of(
                    "PriorityLevelName",
                    "FlowSchemaName",
                    "QueueIndex",
                    "RequestIndexInQueue",
                    "FlowDistingsher",
                    "ArriveTime",
                    "InitialSeats",
                    "FinalSeats",
                    "AdditionalLatency",
                    "StartTime");
    private static final List<String> DETAILS =
            List.of(
                    "UserName",
                    "Verb",
                    "APIPath",
                    "Namespace",
                    "Name",
                    "APIVersion",
                    "Resource",
                    "SubResource");
    private static final String NOT_YET = "0001-01-01T00:00:00Z";

    private final Limiter limiter;

    public FlowControlDump(Limiter limiter) {
        this.limiter = limiter;
    }

    /** Empty where the path is none of these. */
    public Optional<String> text(String path, Query query) {
        if (!path.startsWith(PATH)) {
            return Optional.empty();
        }
        return switch (path.substring(PATH.length())) {
            case "dump_priority_levels" -> Optional.of(levels());
            case "dump_queues" -> Optional.of(queues());
            case "dump_requests" ->
                    Optional.of(requests(!query.first("includeRequestDetails").isEmpty()));
            default -> Optional.empty();
        };
    }

    private String levels() {
        List<List<String>> rows = new ArrayList<>(List.of(LEVELS));
        limiter.levels().forEach((name, level) -> rows.add(levelRow(name, level.seats())));
        return DumpTable.text(rows);
    }

    private String queues() {
        List<List<String>> rows = new ArrayList<>(List.of(QUEUES));
        limiter.levels()
                .forEach(
                        (name, level) ->
                                level.seats()
                                        .dump()
                                        .queues()
                                        .forEach(each -> rows.add(queueRow(name, each))));
        return DumpTable.text(rows);
    }

    private String requests(boolean isDetailed) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(isDetailed ? joined(REQUESTS, DETAILS) : REQUESTS);
        limiter.levels().forEach((name, level) -> addRequests(name, level.seats().dump(), rows));
        int columns = rows.getFirst().size();
        return DumpTable.text(rows.stream().map(row -> row.subList(0, columns)).toList());
    }

    private static void addRequests(String level, Seats.Dump dump, List<List<String>> rows) {
        for (QueueState queue : dump.queues()) {
            for (int i = 0; i < queue.waiting().size(); i++) {
                addRequest(level, dump, queue.waiting().get(i), i, rows);
            }
            queue.served().forEach(each -> addRequest(level, dump, each, -1, rows));
        }
    }

    private static void addRequest(
            String level, Seats.Dump dump, Ticket ticket, int index, List<List<String>> rows) {
        Seats.Dump.Entry entry = dump.requests().get(ticket);
        if (entry != null) {
            List<String> row =
                    cells(
                            level,
                            entry.request().schema().name(),
                            ticket.queue(),
                            index,
                            entry.request().distinguisher(),
                            time(entry.request().arrived()),
                            ticket.width(),
                            0,
                            "0s",
                            entry.started().map(FlowControlDump::time).orElse(NOT_YET));
            rows.add(joined(row, details(entry.request())));
        }
    }

    private static List<String> details(QueuedRequest request) {
        Access access = request.access();
        String apiVersion =
                access.group().isEmpty()
                        ? access.version()
                        : access.group() + "/" + access.version();
        return cells(
                request.caller().user(),
                access.verb(),
                access.path(),
                access.namespace(),
                access.name(),
                apiVersion,
                access.plural(),
                access.subresource());
    }

    private List<String> levelRow(String level, Seats seats) {
        long executing = sum(level, RequestCounts::executing);
        return cells(
                level,
                seats.busyQueues(),
                executing == 0 && seats.waiting() == 0,
                false,
                seats.waiting(),
                executing,
                sum(level, RequestCounts::dispatched),
                sum(level, counts -> counts.rejected(Rejection.QUEUE_FULL))
                        + sum(level, counts -> counts.rejected(Rejection.CONCURRENCY_LIMIT)),
                sum(level, counts -> counts.rejected(Rejection.TIME_OUT)),
                0);
    }

    private static List<String> queueRow(String level, QueueState queue) {
        return cells(
                level,
                queue.index(),
                queue.waiting().size(),
                queue.served().size(),
                queue.seatsInUse(),
                seatSeconds(queue.seatNanos()),
                queue.seatsWanted(),
                queue.seatsWanted(),
                seatSeconds(queue.workNanos()));
    }

    private long sum(String level, ToLongFunction<RequestCounts> value) {
        return limiter.classes().stream()
                .filter(each -> each.level().name().equals(level))
                .mapToLong(each -> value.applyAsLong(each.counts()))
                .sum();
    }

    private static List<String> cells(Object... values) {
        return Stream.of(values).map(String::valueOf).toList();
    }

    private static List<String> joined(List<String> some, List<String> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    private static String seatSeconds(long nanos) {
        return String.format(Locale.ROOT, "%.8fss", nanos / 1e9);
    }

    /** As Go's RFC3339Nano: without zeros at the end of the fraction. */
    private static String time(Instant at) {
        String text = at.toString();
        return text.contains(".") ? text.replaceAll("0+Z$", "Z") : text;
    }
}
