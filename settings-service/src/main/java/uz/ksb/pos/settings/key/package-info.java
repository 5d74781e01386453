/**
 * The keys of our tokens: a set, published as JWKS, read from a folder (a mounted secret) again and again.
 *
 * <p>A key's file is {@code <purpose>-<yyyyMMdd'T'HHmm>Z.pem} and holds its private and its public half; the name is its
 * {@code kid}. It is published as soon as it is there and signs from the time in its name on: who adds one gives it a time
 * far enough ahead (minutes) for all replicas and readers to know it, and nothing fails; one that is due at once still waits
 * for {@link uz.ksb.pos.settings.key.KeyConfig#lead}. The newest due key of a purpose signs. Remove a key when the tokens it
 * signed have ended: an {@code access} key after an hour, a {@code device} key after 400 days.
 *
 * <p>In memory, on any thread. Must not know what the tokens say.
 */
package uz.ksb.pos.settings.key;
