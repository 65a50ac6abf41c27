using MailFlowBot.Remote.Catalogue;

namespace MailFlowBot.Remote.Agent;

/// <summary>Carries out reads of the catalogue; has no way to change anything. Remote trouble is an answer, never an exception.</summary>
public interface IExchangeReader
{
    Task<ReadAnswer> ReadAsync(ReadOperation read, CancellationToken cancellationToken);
}
