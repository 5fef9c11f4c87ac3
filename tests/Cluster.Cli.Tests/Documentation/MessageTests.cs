using System.Globalization;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using Akka.Event;

namespace SearchCluster.Cli.Tests.Documentation;

/// <summary>What people read never holds the compiler's text of a record, a duration in another notation than that of
/// <see cref="Durations"/>, nor numbers as the culture of a process that uses a library writes them.</summary>
public sealed class MessageTests
{
    private const string Duration = "a duration that Durations.Of does not write";

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
            .Where(method => !typeof(JsonSerializerContext).IsAssignableFrom(method.DeclaringType)) // what they write is for programs
            .Where(method => method.GetCustomAttribute<CompilerGeneratedAttribute>() is null
                || method.Name.Contains('<', StringComparison.Ordinal))
            .SelectMany(method => Faults(method, Libraries.Contains(assembly)).Select(
                fault => $"{method.DeclaringType?.FullName}.{method.Name}: {fault}"))
            .Distinct()
            .Order(StringComparer.Ordinal);

        found.ShouldBeEmpty();
    }

    [Fact]
    public void Each_way_to_write_a_duration_otherwise_is_found()
    {
        var found = typeof(OtherNotations).GetMethods(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            .ToDictionary(method => method.Name, method => Faults(method, isLibrary: false).Distinct().ToArray());

        found.Count.ShouldBe(8);
        found.ShouldAllBe(way => way.Value.Length == 1 && way.Value[0] == Duration);
    }

    [Fact]
    public void Numbers_that_are_joined_to_a_text_have_a_culture()
    {
        var method = typeof(MessageTests).GetMethod(nameof(Joined), BindingFlags.Static | BindingFlags.NonPublic)!;

        Faults(method, isLibrary: true).ShouldBe(["Double without a culture"]);
        Faults(method, isLibrary: false).ShouldBeEmpty();
    }

    [Fact]
    public void A_text_within_a_text_leaves_the_outer_one_its_culture()
    {
        MethodInfo Method(string name) => typeof(MessageTests).GetMethod(name, BindingFlags.Static | BindingFlags.NonPublic)!;

        Faults(Method(nameof(OuterInvariant)), isLibrary: true).ShouldBeEmpty();
        Faults(Method(nameof(InnerInvariant)), isLibrary: true).ShouldBe(["Double without a culture"]);
    }

    private static string OuterInvariant(double number, int more) =>
        string.Create(CultureInfo.InvariantCulture, $"It is {(more > 0 ? $"at {more} " : "")}" + $"all of {number}");

    private static string InnerInvariant(double number) =>
        $"It is {string.Create(CultureInfo.InvariantCulture, $"{number}")} of {number}";

    private static string Joined(double number) => "It is " + number;

    private static IEnumerable<string> Faults(MethodBase method, bool isLibrary)
    {
        // Of each text that is being filled, the innermost on top, whether it has a culture.
        var cultures = new Stack<bool>();
        Type? constrained = null;
        foreach (var (code, operand) in Instructions(method))
        {
            switch (operand)
            {
                case Type type when code == OpCodes.Constrained:
                    constrained = type;
                    continue;
                case Type type when code == OpCodes.Box && IsDuration(type):
                    yield return Duration;
                    break;
                case ConstructorInfo made when made.DeclaringType == typeof(DefaultInterpolatedStringHandler):
                    cultures.Push(made.GetParameters().Length > 2);
                    break;
                case MethodInfo filled when Ends(filled):
                    cultures.TryPop(out _);
                    break;
                case MethodInfo append when append.DeclaringType == typeof(DefaultInterpolatedStringHandler):
                    if (append is { Name: nameof(DefaultInterpolatedStringHandler.AppendFormatted), IsGenericMethod: true })
                    {
                        foreach (var fault in OfText(append.GetGenericArguments()[0], isLibrary && !(cultures.TryPeek(out var has) && has)))
                        {
                            yield return fault;
                        }
                    }

                    break;
                case MethodInfo { Name: nameof(ToString) } joined when joined.DeclaringType == typeof(object) && constrained is { } type:
                    foreach (var fault in OfText(type, isLibrary))
                    {
                        yield return fault;
                    }

                    break;
                case MethodInfo { Name: nameof(ToString) } plain
                    when isLibrary && plain.GetParameters().Length == 0 && Cultural.Contains(plain.DeclaringType):
                    yield return $"{plain.DeclaringType!.Name} without a culture";
                    break;
                case MethodInfo { Name: nameof(ToString) or nameof(ISpanFormattable.TryFormat) } written
                    when IsDuration(written.DeclaringType!):
                case MethodInfo { IsGenericMethod: true } logged when IsOfLog(logged.DeclaringType!)
                    && logged.GetGenericArguments().Any(IsDuration):
                    yield return Duration;
                    break;
            }

            constrained = null;
        }
    }

    // What takes a text that has been filled.
    private static bool Ends(MethodInfo method) =>
        method.DeclaringType == typeof(DefaultInterpolatedStringHandler)
            ? method.Name == nameof(DefaultInterpolatedStringHandler.ToStringAndClear)
            : method.GetParameters().Any(taken => taken.ParameterType.GetElementType() == typeof(DefaultInterpolatedStringHandler));

    private static IEnumerable<string> OfText(Type type, bool isCulturalHere)
    {
        if (IsDuration(type))
        {
            yield return Duration;
        }

        if (HasTextOfCompiler(type))
        {
            yield return $"the text of record {type.Name}";
        }

        if (isCulturalHere && Cultural.Contains(type))
        {
            yield return $"{type.Name} without a culture";
        }
    }

    private static bool IsDuration(Type type) => type == typeof(TimeSpan) || type == typeof(TimeSpan?);

    // What a log is given it writes as the type does.
    private static bool IsOfLog(Type type) => type.Namespace is "Akka.Event" or "Microsoft.Extensions.Logging" or "Serilog";

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

    // Each instruction that names a method or a type.
    private static IEnumerable<(OpCode Code, MemberInfo Operand)> Instructions(MethodBase method)
    {
        if (method.GetMethodBody()?.GetILAsByteArray() is not { } il)
        {
            yield break;
        }

        for (var i = 0; i < il.Length;)
        {
            var code = Known[il[i] == 0xFE ? (short)(0xFE00 | il[i + 1]) : il[i]];
            i += code.Size;
            if (code.OperandType is OperandType.InlineMethod or OperandType.InlineType
                && Resolve(method, code.OperandType, BitConverter.ToInt32(il, i)) is { } operand)
            {
                yield return (code, operand);
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

    private static MemberInfo? Resolve(MethodBase method, OperandType kind, int token)
    {
        var ofType = method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : null;
        var ofMethod = method is { IsGenericMethod: true } and MethodInfo ? method.GetGenericArguments() : null;
        try
        {
            return kind == OperandType.InlineType
                ? method.Module.ResolveType(token, ofType, ofMethod)
                : method.Module.ResolveMethod(token, ofType, ofMethod);
        }
        catch (Exception exception) when (exception is ArgumentException
            or BadImageFormatException
            or FileNotFoundException
            or TypeLoadException)
        {
            return null;
        }
    }

    private static class OtherNotations
    {
        internal static string Interpolated(TimeSpan time) => $"It takes {time}.";

        internal static string Optional(TimeSpan? time) => $"It takes {time}.";

        internal static string Invariant(TimeSpan time) => FormattableString.Invariant($"It takes {time}.");

        internal static string Explicit(TimeSpan time) => time.ToString();

        internal static string WithFormat(TimeSpan time) => time.ToString("c", CultureInfo.InvariantCulture);

        internal static string Concatenated(TimeSpan time) => "It takes " + time;

        internal static string AsObject(TimeSpan time) => string.Format(CultureInfo.InvariantCulture, "{0}", time);

        internal static void Logged(ILoggingAdapter log, TimeSpan time) => log.Warning("It takes {Time}", time);
    }
}
