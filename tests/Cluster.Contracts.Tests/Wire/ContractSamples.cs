using System.Reflection;
using System.Text.Json.Serialization;
using SearchCluster.Contracts.Wire;

namespace SearchCluster.Contracts.Tests.Wire;

/// <summary>Builds instances of every contract with every member filled, so that no member is forgotten when one is added.</summary>
/// <remarks>
/// A record's samples run through the samples of each member in step; an abstract type has the samples of all its kinds; an optional
/// member is also left out once. Numbers include NaN and infinity where they may be non-finite: in metrics and objectives.
/// </remarks>
internal static class ContractSamples
{
    private static readonly DateTimeOffset At = new(2026, 5, 4, 12, 34, 56, 789, TimeSpan.Zero);

    private static readonly Dictionary<Type, object[]> Simple = new()
    {
        [typeof(string)] = ["text", "\u00e9 \"quoted\" <b> \n line"],
        [typeof(int)] = [3, 1],
        [typeof(long)] = [17L, long.MaxValue],
        [typeof(ulong)] = [42UL, ulong.MaxValue],
        [typeof(double)] = [0.25, 1e-300, 3.0],
        [typeof(bool)] = [true, false],
        [typeof(DateTimeOffset)] = [At, At.AddTicks(1)],
        [typeof(TimeSpan)] = [TimeSpan.FromSeconds(1.5), TimeSpan.FromDays(3)],
        [typeof(SearchId)] = [new SearchId("digits"), new SearchId("a-1")],
        [typeof(WorkerId)] = [new WorkerId("host-1:cuda.0")],
        [typeof(TrialId)] = [new TrialId(0), new TrialId(17)],
        [typeof(WorkItem)] = [WorkItem.Trial(new TrialId(17)), WorkItem.Ensemble, WorkItem.Member(0), WorkItem.Member(3)],
        [typeof(ParameterValue)] = [
            ParameterValue.Real(1),
            ParameterValue.Integer(1),
            ParameterValue.Text("1"),
            ParameterValue.Boolean(true),
        ],
        [typeof(ValueMap<double>)] =
        [
            new ValueMap<double>([
                new("val/loss", 0.5),
                new("val/nan", double.NaN),
                new("val/up", double.PositiveInfinity),
                new("val/down", double.NegativeInfinity),
            ]),
        ],
        [typeof(ParameterValues)] =
        [
            new ParameterValues([
                new("lr", ParameterValue.Real(1)),
                new("batch", ParameterValue.Integer(1)),
                new("name", ParameterValue.Text("1")),
                new("flag", ParameterValue.Boolean(false)),
            ]),
        ],
    };

    /// <summary>All types that travel or are journaled.</summary>
    public static IEnumerable<Type> ContractTypes => ContractManifests.ByType.Keys.OrderBy(type => type.FullName, StringComparer.Ordinal);

    /// <summary>Builds the samples of a type.</summary>
    /// <param name="type">A contract or a part of one.</param>
    /// <returns>At least one; two calls return equal ones.</returns>
    public static IReadOnlyList<object> Of(Type type)
    {
        if (Simple.TryGetValue(type, out var simple))
        {
            return simple;
        }

        if (type.IsEnum)
        {
            return [.. Enum.GetValues(type).Cast<object>()];
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueArray<>))
        {
            return [Collection(type, Of(type.GetGenericArguments()[0]))];
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueMap<>))
        {
            return [Map(type, Of(type.GetGenericArguments()[0]))];
        }

        return type.IsAbstract
            ? [.. type.GetCustomAttributes<JsonDerivedTypeAttribute>().SelectMany(kind => Of(kind.DerivedType))]
            : Record(type);
    }

    private static List<object> Record(Type type)
    {
        var constructor = type.GetConstructors().MaxBy(candidate => candidate.GetParameters().Length)
            ?? throw new InvalidOperationException($"{type} has no public constructor; add it to the simple samples.");
        var parameters = constructor.GetParameters();
        var properties = type.GetProperties()
            .Where(property => property.CanWrite && parameters.All(parameter => parameter.Name != property.Name))
            .ToList();
        var nullability = new NullabilityInfoContext();
        var members = parameters.Select(parameter => Member(parameter.Name, parameter.ParameterType, nullability.Create(parameter)))
            .Concat(properties.Select(property => Member(property.Name, property.PropertyType, nullability.Create(property))))
            .ToList();
        var count = members.Select(member => member.Count).Append(1).Max();
        return
        [
            .. Enumerable.Range(0, count)
                .Select(i => Made(constructor, properties, [.. members.Select(member => member[i % member.Count])])),
        ];
    }

    private static object Made(ConstructorInfo constructor, List<PropertyInfo> properties, object?[] values)
    {
        var count = values.Length - properties.Count;
        var made = constructor.Invoke(values[..count]);
        for (var i = 0; i < properties.Count; i++)
        {
            properties[i].SetValue(made, values[count + i]);
        }

        return made;
    }

    private static IReadOnlyList<object?> Member(string? name, Type type, NullabilityInfo nullability)
    {
        var value = Nullable.GetUnderlyingType(type) ?? type;
        var mayBeNull = value != type || nullability.WriteState == NullabilityState.Nullable;
        IEnumerable<object?> samples = name == "Objective" && value == typeof(double) ? [0.5, double.NaN] : Of(value);
        return mayBeNull ? [.. samples, null] : [.. samples];
    }

    private static object Collection(Type type, IReadOnlyList<object> elements)
    {
        var array = Array.CreateInstance(type.GetGenericArguments()[0], elements.Count);
        for (var i = 0; i < elements.Count; i++)
        {
            array.SetValue(elements[i], i);
        }

        return typeof(ValueArray).GetMethod(nameof(ValueArray.ToValueArray))!
            .MakeGenericMethod(type.GetGenericArguments())
            .Invoke(null, [array])!;
    }

    private static object Map(Type type, IReadOnlyList<object> values)
    {
        var map = type.GetProperty(nameof(ValueMap<int>.Empty))!.GetValue(null)!;
        var with = type.GetMethod(nameof(ValueMap<int>.With))!;
        for (var i = 0; i < values.Count; i++)
        {
            map = with.Invoke(map, [$"name-{i}", values[i]])!;
        }

        return map;
    }
}
