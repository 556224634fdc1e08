package dev.versicle.prompt;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/**
 * One exchange with a Git client, in the smart protocol over HTTP: what it sends, and where its answer goes.
 * Where it takes too long or the client sends too much, reads and writes throw {@link WireCut}, whose message is for
 * the client; a write that comes after one that was refused so is given a moment, for that sentence.
 *
 * @param protocol what it says in {@code Git-Protocol}, such as {@code version=2}
 * @param in the request's body, inflated; nothing where a client only asks for the refs
 */
public record Wire(Optional<String> protocol, InputStream in, OutputStream out, GitLimits limits) {}
