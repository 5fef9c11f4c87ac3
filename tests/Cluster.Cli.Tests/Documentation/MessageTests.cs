using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace SearchCluster.Cli.Tests.Documentation;

/// <summary>What people read never holds the compiler's text of a record, nor numbers as the culture of a
/// process that uses a library writes them.</summary>
public sealed class MessageTests
{
    private static readonly Type[] Cultural = [
        typeof(double),
        typeof(float),
        typeof(decimal),
        typeof(DateTime),
        typeof(DateTimeOffset),
        typeof(double?),
        typeof(float?),
        typeof(decimal?),
        typeof(DateTime?),
        typeof(DateTimeOffset?),
    ];

    // The executables run with the invariant culture; these are used in the processes of others too.
    private static readonly string[] Libraries = [
        "Cluster.Contracts",
        "Cluster.Specs",
        "Cluster.Search",
        "Cluster.Runner",
        "Cluster.Models",
    ];

    public static IEnumerable<TheoryDataRow<string>> Assemblies => Directory.EnumerateFiles(AppContext.BaseDirectory, "Cluster.*.dll")
        .Select(file => Path.GetFileNameWithoutExtension(file))
        .Append("searchcluster")
        .Where(name => !name.Contains("Test", StringComparison.Ordinal)
            && File.Exists(Path.Combine(AppContext.BaseDirectory, name + ".dll")))
        .Select(name => new TheoryDataRow<string>(name));

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void No_message_holds_the_text_of_a_record_or_of_a_culture(string assembly)
    {
        var found = Assembly.Load(assembly).GetTypes()
            .SelectMany(type => type
                .GetMethods(BindingFlags.Public
                    | BindingFlags.NonPublic
                    | BindingFlags.Static
                    | BindingFlags.Instance
                    | BindingFlags.DeclaredOnly)
                .Cast<MethodBase>()
                .Concat(type.GetConstructors(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance)))
            .Where(method => method.DeclaringType?.GetCustomAttribute<CompilerGeneratedAttribute>() is null
                || method.DeclaringType.IsNested)
            .Where(method => method.Name != "get_Identity") // no message: what a checkpoint is recognised by
            .Where(method => method.GetCustomAttribute<CompilerGeneratedAttribute>() is null
                || method.Name.Contains('<', StringComparison.Ordinal))
            .SelectMany(method => Faults(method, Libraries.Contains(assembly)).Select(
                fault => $"{method.DeclaringType?.FullName}.{method.Name}: {fault}"))
            .Distinct()
            .Order(StringComparer.Ordinal);

        found.ShouldBeEmpty();
    }

    private static IEnumerable<string> Faults(MethodBase method, bool isLibrary)
    {
        var hasProvider = false;
        foreach (var called in Calls(method))
        {
            if (called.DeclaringType != typeof(DefaultInterpolatedStringHandler))
            {
                continue;
            }

            if (called is ConstructorInfo made)
            {
                hasProvider = made.GetParameters().Length > 2;
            }
            else if (called is MethodInfo { Name: "AppendFormatted", IsGenericMethod: true } append)
            {
                var type = append.GetGenericArguments()[0];
                if (HasTextOfCompiler(type))
                {
                    yield return $"the text of record {type.Name}";
                }

                if (isLibrary && !hasProvider && Cultural.Contains(type))
                {
                    yield return $"{type.Name} without a culture";
                }
            }
        }
    }

    private static bool HasTextOfCompiler(Type type)
    {
        var inner = Nullable.GetUnderlyingType(type) ?? type;
        return !inner.IsGenericParameter
            && inner.GetMethod("PrintMembers", BindingFlags.NonPublic | BindingFlags.Instance) is not null
            && inner.GetMethod("ToString", Type.EmptyTypes)?.GetCustomAttribute<CompilerGeneratedAttribute>() is not null;
    }

    private static readonly Dictionary<short, OpCode> Known = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    private static IEnumerable<MethodBase> Calls(MethodBase method)
    {
        if (method.GetMethodBody()?.GetILAsByteArray() is not { } il)
        {
            yield break;
        }

        for (var i = 0; i < il.Length;)
        {
            var code = Known[il[i] == 0xFE ? (short)(0xFE00 | il[i + 1]) : il[i]];
            i += code.Size;
            if (code.OperandType == OperandType.InlineMethod && Resolve(method, BitConverter.ToInt32(il, i)) is { } called)
            {
                yield return called;
            }

            i += code.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(il, i)),
                _ => 4,
            };
        }
    }

    private static MethodBase? Resolve(MethodBase method, int token)
    {
        try
        {
            return method.Module.ResolveMethod(
                token,
                method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : null,
                method is { IsGenericMethod: true } and MethodInfo ? method.GetGenericArguments() : null);
        }
        catch (Exception exception) when (exception is ArgumentException
            or BadImageFormatException
            or FileNotFoundException
            or TypeLoadException)
        {
            return null;
        }
    }
}
