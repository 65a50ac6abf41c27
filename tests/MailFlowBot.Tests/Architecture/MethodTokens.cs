using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace MailFlowBot.Tests.Architecture;

/// <summary>Walks the instructions of a method body (ECMA-335 III) for the metadata tokens in them.</summary>
internal static class MethodTokens
{
    // ECMA-335 III.1.2.1: the first byte of the opcodes that take two.
    private const byte TwoByteOpcode = 0xFE;

    private static readonly Dictionary<int, OperandType> Operands = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => (int)(ushort)code.Value, code => code.OperandType);

    public static IReadOnlyList<EntityHandle> Of(MethodBodyBlock body)
    {
        var tokens = new List<EntityHandle>();
        var il = body.GetILReader();
        while (il.RemainingBytes > 0)
        {
            int code = il.ReadByte();
            if (code == TwoByteOpcode)
                code = (code << 8) | il.ReadByte();
            // A reader that lost its place would see less than there is: better no answer than a good one.
            if (!Operands.TryGetValue(code, out var operand))
                throw new BadImageFormatException($"There is no instruction 0x{code:X}.");
            if (operand is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType)
                tokens.Add(MetadataTokens.EntityHandle(il.ReadInt32()));
            else
                Skip(ref il, operand);
        }

        return tokens;
    }

    private static void Skip(ref BlobReader il, OperandType operand)
    {
        // Read before the offset is taken: a switch carries the number of its targets.
        var length = operand switch
        {
            OperandType.InlineNone => 0,
            OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
            OperandType.InlineVar => 2,
            OperandType.InlineI8 or OperandType.InlineR => 8,
            OperandType.InlineSwitch => 4 * il.ReadInt32(),
            _ => 4,
        };
        il.Offset += length;
    }
}
