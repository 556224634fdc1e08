package dev.versicle.egress;

import dev.versicle.prompt.Problem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;

/**
 * Calls servers that a caller named, unless their addresses are none that may be called. A name is looked up once for
 * each call, and what was judged then is what is dialled: an answer that has changed since the last look helps nobody.
 *
 * <p>A name with several addresses is refused where any of them is forbidden. It would be as safe to dial the others
 * alone; but then the same request would work today and fail tomorrow, and a name that leads inside and outside is a
 * trick or a slip. Plain {@code http} goes only to addresses that an operator lists.
 */
public final class Egress {
    static final Duration CONNECT_TIME_MAX = Duration.ofSeconds(10);

    private final AddressRules rules;
    private final Names names;

    public Egress(AddressRules rules, Names names) {
        this.rules = rules;
        this.names = names;
    }

    /** Throws {@link Problem.Invalid} where the destination may not be called, or has a name that leads nowhere. */
    public void require(Destination to) {
        try {
            judged(to);
        } catch (Unreachable e) {
            throw to.refused("must have a host that can be found");
        }
    }

    /**
     * Sends a request and gives the head of its answer; the caller closes it. Throws {@link Unreachable}, and {@link
     * Problem.Invalid} where the destination may not be called.
     */
    public Answer send(Call call) throws Unreachable {
        List<InetAddress> addresses = judged(call.to());
        Line line = new Line(call.timeMax());
        boolean done = false;
        try {
            line.dial(addresses, call.to());
            Answer answer = new Exchange(line).send(call);
            done = true;
            return answer;
        } catch (IOException e) {
            throw line.unreachable(e);
        } finally {
            if (!done) {
                line.close();
            }
        }
    }

    private List<InetAddress> judged(Destination to) throws Unreachable {
        List<InetAddress> addresses = addresses(to.host());
        if (!addresses.stream().allMatch(rules::allows)) {
            throw to.refused("must not lead to an address that this server may not call");
        }
        if (!to.secure() && !addresses.stream().allMatch(rules::lists)) {
            throw to.refused("must begin with https://");
        }
        return addresses;
    }

    private List<InetAddress> addresses(String host) throws Unreachable {
        try {
            List<InetAddress> addresses = List.copyOf(names.of(host));
            if (!addresses.isEmpty()) {
                return addresses;
            }
        } catch (UnknownHostException e) {
            // Said below, as for a name without addresses.
        }
        throw new Unreachable("has a name that leads nowhere");
    }
}
