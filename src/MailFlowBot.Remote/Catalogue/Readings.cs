using System.Collections.Immutable;

namespace MailFlowBot.Remote.Catalogue;

/// <summary>The newest answer to each read. Immutable.</summary>
public sealed class Readings
{
    private readonly ImmutableDictionary<ReadOperation, ReadAnswer> _answers;

    private Readings(ImmutableDictionary<ReadOperation, ReadAnswer> answers) => _answers = answers;

    public static Readings Empty { get; } = new(ImmutableDictionary<ReadOperation, ReadAnswer>.Empty);

    public IEnumerable<ReadAnswer> All => _answers.Values;

    public Readings With(ReadAnswer answer) => new(_answers.SetItem(answer.Read, answer));

    public bool Has(ReadOperation read) => _answers.ContainsKey(read);

    public ReadAnswer? For(ReadOperation read) => _answers.GetValueOrDefault(read);

    /// <summary>The fact an endpoint gave for this read; null when there is none or a person pasted it.</summary>
    public T? Fact<T>(ReadOperation read) where T : Fact => For(read)?.EndpointFact as T;

    public InventoryFact? Inventory => Fact<InventoryFact>(new ReadInventory());

    public ComponentStatesFact? Components(ServerName server) => Fact<ComponentStatesFact>(new ReadComponentStates(server));

    public ServicesFact? Services(ServerName server) => Fact<ServicesFact>(new ReadServices(server));

    public QueuesFact? Queues(ServerName server) => Fact<QueuesFact>(new ReadQueues(server));
}
