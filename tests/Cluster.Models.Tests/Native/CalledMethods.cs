using System.Reflection;
using System.Reflection.Emit;

namespace SearchCluster.Models.Tests.Native;

/// <summary>Reads which methods the code of a method calls.</summary>
internal static class CalledMethods
{
    private const byte TwoByteOpcode = 0xFE;
    private const BindingFlags Everything = BindingFlags.DeclaredOnly
        | BindingFlags.Public
        | BindingFlags.NonPublic
        | BindingFlags.Instance
        | BindingFlags.Static;

    private static readonly Dictionary<short, OpCode> Opcodes = typeof(OpCodes)
        .GetFields()
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    /// <summary>All methods and constructors of an assembly.</summary>
    public static IEnumerable<MethodBase> Of(Assembly assembly) =>
        assembly.GetTypes().SelectMany(type => type.GetMethods(Everything).Cast<MethodBase>().Concat(type.GetConstructors(Everything)));

    /// <summary>Methods that a method calls; those that cannot be resolved (of generic instances) are left out.</summary>
    public static IEnumerable<MethodBase> In(MethodBase method)
    {
        var code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        var typeArguments = method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : null;
        var methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : null;
        for (var at = 0; at < code.Length;)
        {
            var opcode = code[at] == TwoByteOpcode ? Opcodes[unchecked((short)((TwoByteOpcode << 8) | code[at + 1]))] : Opcodes[code[at]];
            at += opcode.Size;
            if (opcode.OperandType == OperandType.InlineMethod
                && Resolve(method.Module, BitConverter.ToInt32(code, at), typeArguments, methodArguments) is { } called)
            {
                yield return called;
            }

            at += opcode.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
                _ => 4,
            };
        }
    }

    private static MethodBase? Resolve(Module module, int token, Type[]? typeArguments, Type[]? methodArguments)
    {
        try
        {
            return module.ResolveMethod(token, typeArguments, methodArguments);
        }
        catch (Exception unresolved) when (unresolved is ArgumentException
            or BadImageFormatException
            or TypeLoadException
            or FileNotFoundException)
        {
            return null;
        }
    }
}
