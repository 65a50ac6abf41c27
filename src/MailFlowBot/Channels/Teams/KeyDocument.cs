namespace MailFlowBot.Channels.Teams;

/// <summary>The issuer's OpenID metadata, as far as it is used.</summary>
internal sealed record OpenIdMetadata
{
    [System.Text.Json.Serialization.JsonPropertyName("jwks_uri")]
    public string? KeysAddress { get; init; }
}

/// <summary>A JSON Web Key Set (RFC 7517) with the endorsements of the Bot Framework.</summary>
internal sealed record KeyDocument
{
    public IReadOnlyList<Key>? Keys { get; init; }

    internal sealed record Key
    {
        public string? Kty { get; init; }

        public string? Use { get; init; }

        public string? Kid { get; init; }

        public string? N { get; init; }

        public string? E { get; init; }

        public IReadOnlyList<string>? Endorsements { get; init; }
    }
}
