package dev.versicle.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** What knows the addresses of a host. */
@FunctionalInterface
public interface Names {
    /** All addresses of a name; of a literal address itself. */
    List<InetAddress> of(String host) throws UnknownHostException;
}
