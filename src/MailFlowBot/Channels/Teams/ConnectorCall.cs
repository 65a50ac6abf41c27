using System.Net.Http.Headers;

namespace MailFlowBot.Channels.Teams;

/// <summary>One call to the connector; its request can be built again for another try.</summary>
/// <param name="Path">Parts of the path, not yet escaped.</param>
/// <param name="Patience">How long one try may take.</param>
internal sealed record ConnectorCall(HttpMethod Method, ServiceUrl Address, IReadOnlyList<string> Path, byte[]? Body, TimeSpan Patience)
{
    public bool Repeatable => Method != HttpMethod.Post;

    /// <exception cref="ConnectorFailed">An id would lead to another path.</exception>
    public HttpRequestMessage Request()
    {
        // Escaping leaves dots alone, and a path part of dots alone would climb to another address.
        if (Path.Any(part => part.Trim('.').Length == 0))
            throw new ConnectorFailed(ConnectorFault.Refused, $"{this}: an id of the call is empty or made of dots.");
        var request = new HttpRequestMessage(Method, new Uri(Address.Address, string.Join('/', Path.Select(Uri.EscapeDataString))));
        if (Body is not null)
        {
            request.Content = new ByteArrayContent(Body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        }

        return request;
    }

    /// <summary>For messages and logs: no ids of people, no body.</summary>
    public override string ToString() => $"{Method} {(Path.Count > 3 ? Path[3] : Path[^1])} at {Address.Address.Host}";
}
