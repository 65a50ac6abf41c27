namespace MailFlowBot.Remote.Endpoints;

/// <summary>Who answers at an address (DSP0226 chapter 11), each as the server words it.</summary>
/// <param name="ProtocolVersion">Address of the WS-Management schema that it speaks.</param>
/// <param name="SecurityProfiles">Addresses of the security profiles that it lists; servers rarely do.</param>
public sealed record EndpointIdentity(string ProtocolVersion, string? Vendor, string? Product, IReadOnlyList<string> SecurityProfiles);
