package dev.versicle.prompt;

/** Where new API keys come from. */
public interface KeyMint {
    /**
     * A key that nobody has yet.
     *
     * @param id its public half
     * @param secretHash what is kept of its secret half
     * @param text the whole of it, for its bearer
     */
    record Coin(String id, String secretHash, Secret text) {}

    Coin coin();
}
