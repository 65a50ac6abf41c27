using System.Text.Json;

namespace MailFlowBot.Channels.Teams;

/// <summary>Fetches the issuer's keys: metadata, then the key set it names.</summary>
internal sealed class KeySource(HttpClient http, Uri metadata)
{
    // Arbitrary; the key set of the public cloud is far below.
    private const int MaxBytes = 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <exception cref="KeysUnreadable">The issuer does not answer, or not with keys.</exception>
    public async Task<IReadOnlyDictionary<string, SigningKey>> FetchAsync(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            var document = JsonSerializer.Deserialize(
                await GetAsync(metadata, patience.Token).ConfigureAwait(false), TeamsJson.Default.OpenIdMetadata);
            var keys = JsonSerializer.Deserialize(
                await GetAsync(KeysAddress(document), patience.Token).ConfigureAwait(false), TeamsJson.Default.KeyDocument);
            return Usable(keys);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new KeysUnreadable($"{metadata} did not answer within {Patience.TotalSeconds} s.");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or JsonException)
        {
            throw new KeysUnreadable($"{metadata} or the key set it names could not be read: {exception.Message}", exception);
        }
    }

    private Uri KeysAddress(OpenIdMetadata? document) =>
        Uri.TryCreate(document?.KeysAddress, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback && metadata.IsLoopback))
            ? address
            : throw new KeysUnreadable($"{metadata} names no https address of a key set.");

    private Dictionary<string, SigningKey> Usable(KeyDocument? document)
    {
        var keys = new Dictionary<string, SigningKey>(StringComparer.Ordinal);
        foreach (var key in document?.Keys ?? [])
        {
            if (key is not null && SigningKey.From(key) is { } usable)
                keys[usable.Id] = usable;
        }

        // An empty set would shut everyone out until the next refresh: the last good one is better.
        return keys.Count > 0 ? keys : throw new KeysUnreadable($"The key set that {metadata} names holds no RSA signing key.");
    }

    private async Task<byte[]> GetAsync(Uri address, CancellationToken cancellationToken)
    {
        using var response = await http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
            throw new KeysUnreadable($"{address} answered {(int)response.StatusCode}.");
        return await BoundedContent.ReadAsync(response, MaxBytes, cancellationToken).ConfigureAwait(false);
    }
}
