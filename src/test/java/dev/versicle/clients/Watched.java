package dev.versicle.clients;

import java.nio.file.Path;

/**
 * What an operator tells Argo CD or Flux to follow.
 *
 * @param remote where the repository is, over HTTPS, and the token that lets in
 * @param revision the branch, without {@code refs/heads/}
 * @param ca whom to trust, and nobody else
 */
record Watched(Remote remote, String revision, Path ca) {}
