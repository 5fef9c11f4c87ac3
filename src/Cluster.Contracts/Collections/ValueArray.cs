using System.Collections;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;

namespace SearchCluster.Contracts.Collections;

/// <summary>An immutable list that compares by its elements, so that records which hold one keep value equality.</summary>
/// <remarks>Written as a JSON array. Equality and hashing cost O(n).</remarks>
/// <typeparam name="T">Element type; its own equality decides.</typeparam>
[CollectionBuilder(typeof(ValueArray), nameof(ValueArray.Create))]
[JsonConverter(typeof(ValueArrayJsonConverterFactory))]
public sealed class ValueArray<T> : IReadOnlyList<T>, IEquatable<ValueArray<T>>
{
    private readonly ImmutableArray<T> _items;

    /// <summary>Wraps an immutable array without a copy; a default array counts as empty.</summary>
    /// <param name="items">The elements, in order.</param>
    public ValueArray(ImmutableArray<T> items) => _items = items.IsDefault ? [] : items;

    /// <summary>The list without elements.</summary>
    public static ValueArray<T> Empty { get; } = new([]);

    /// <inheritdoc />
    public int Count => _items.Length;

    /// <inheritdoc />
    public T this[int index] => _items[index];

    /// <summary>Finds an element.</summary>
    /// <param name="item">What to look for.</param>
    /// <returns>The first index of an equal element; -1 when there is none.</returns>
    public int IndexOf(T item) => _items.IndexOf(item);

    /// <summary>Views the elements without a copy.</summary>
    /// <returns>All elements, in order.</returns>
    public ReadOnlySpan<T> AsSpan() => _items.AsSpan();

    /// <inheritdoc />
    public bool Equals(ValueArray<T>? other) =>
        other is not null && (ReferenceEquals(this, other) || _items.AsSpan().SequenceEqual(other._items.AsSpan()));

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as ValueArray<T>);

    /// <inheritdoc />
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var item in _items)
        {
            hash.Add(item);
        }

        return hash.ToHashCode();
    }

    /// <inheritdoc />
    public override string ToString() => $"[{string.Join(", ", _items)}]";

    /// <inheritdoc />
    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>Makes <see cref="ValueArray{T}"/> from collection expressions and sequences.</summary>
public static class ValueArray
{
    /// <summary>Copies a span; the target of collection expressions.</summary>
    /// <typeparam name="T">Element type.</typeparam>
    /// <param name="items">The elements, in order.</param>
    /// <returns>The list.</returns>
    public static ValueArray<T> Create<T>(ReadOnlySpan<T> items) => items.IsEmpty ? ValueArray<T>.Empty : new(ImmutableArray.Create(items));

    /// <summary>Copies a sequence.</summary>
    /// <typeparam name="T">Element type.</typeparam>
    /// <param name="items">The elements, in order.</param>
    /// <returns>The list.</returns>
    public static ValueArray<T> ToValueArray<T>(this IEnumerable<T> items) => new([.. items]);
}
