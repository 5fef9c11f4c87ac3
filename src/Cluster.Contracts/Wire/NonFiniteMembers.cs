using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace SearchCluster.Contracts.Wire;

/// <summary>The contract for numbers that JSON has no word for, in one place for the tool's documents and the HTTP API: null, and their
/// names beside in <c>nonFinite</c>.</summary>
/// <remarks>Names count from the object that holds the number: <c>objective</c>, <c>metrics.val/loss</c>, <c>losses[3]</c>. An object whose
/// numbers are all finite has no such member.</remarks>
public static class NonFiniteMembers
{
    /// <summary>The member that names them.</summary>
    public const string Name = "nonFinite";

    /// <summary>Writes each number that is not finite as null.</summary>
    public static JsonConverter<double> Converter { get; } = new NullConverter();

    /// <summary>Gives each object that can hold such numbers the member that names them.</summary>
    /// <param name="type">How the object is written.</param>
    public static void AddTo(JsonTypeInfo type)
    {
        ArgumentNullException.ThrowIfNull(type);
        if (type.Kind != JsonTypeInfoKind.Object || type.Properties.Any(property => property.Name == Name))
        {
            return;
        }

        var numbers = type.Properties.Where(property => property.Get is not null && HoldsNumbers(property.PropertyType)).ToList();
        if (numbers.Count == 0)
        {
            return;
        }

        var member = type.CreateJsonPropertyInfo(typeof(SortedDictionary<string, string>), Name);
        member.Order = int.MaxValue;
        member.Get = holder => NonFiniteNumbers.Names(numbers.SelectMany(property => Numbers(property.Name, property.Get!(holder))));
        member.ShouldSerialize = (_, names) => names is not null;
        type.Properties.Add(member);
    }

    private static bool HoldsNumbers(Type type)
    {
        if (type == typeof(double) || type == typeof(double?))
        {
            return true;
        }

        var elements = type
            .GetInterfaces()
            .Append(type)
            .Where(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IEnumerable<>))
            .Select(one => one.GetGenericArguments()[0]);
        return elements.Any(element => HoldsNumbers(element)
            || (element.IsGenericType
                && element.GetGenericTypeDefinition() == typeof(KeyValuePair<,>)
                && HoldsNumbers(element.GetGenericArguments()[1])));
    }

    private static IEnumerable<KeyValuePair<string, double?>> Numbers(string name, object? value) => value switch
    {
        double number => [KeyValuePair.Create(name, (double?)number)],
        string => [],
        IEnumerable<KeyValuePair<string, double>> map =>
            map.Select(entry => KeyValuePair.Create($"{name}.{entry.Key}", (double?)entry.Value)),
        IEnumerable<KeyValuePair<string, double?>> map => map.Select(entry => KeyValuePair.Create($"{name}.{entry.Key}", entry.Value)),
        IEnumerable list =>
            list.Cast<object?>().SelectMany((element, i) => Numbers(string.Create(CultureInfo.InvariantCulture, $"{name}[{i}]"), element)),
        _ => [],
    };

    private sealed class NullConverter : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
        {
            if (double.IsFinite(value))
            {
                writer.WriteNumberValue(value);
            }
            else
            {
                writer.WriteNullValue();
            }
        }
    }
}
