namespace MailFlowBot.Remote.Wsman;

/// <summary>Identity of a command in a shell: the pipeline's GUID.</summary>
internal readonly record struct CommandId(Guid Value)
{
    public override string ToString() => WsmanIds.Text(Value);
}
