namespace SearchCluster.Search.Catalogs;

/// <summary>What a specification can name, and how each is made.</summary>
/// <typeparam name="TPart">What is made.</typeparam>
/// <param name="what">What the names stand for, for messages: Algorithm or Scheduler.</param>
/// <param name="entries">In the order of the documentation.</param>
internal sealed class Catalog<TPart>(string what, params ImmutableArray<CatalogEntry<TPart>> entries)
{
    private readonly ImmutableArray<CatalogEntry<TPart>> _entries = entries;

    /// <summary>All names, in ordinal order.</summary>
    public ImmutableArray<string> Names { get; } = [.. entries.Select(entry => entry.Descriptor.Name).Order(StringComparer.Ordinal)];

    /// <summary>What each is called and which options it reads, in the order of the documentation.</summary>
    public ValueArray<AlgorithmDescriptor> Descriptors { get; } = entries.Select(entry => entry.Descriptor).ToValueArray();

    /// <summary>Makes one.</summary>
    /// <param name="name">As a specification writes it.</param>
    /// <param name="spec">The specification.</param>
    /// <returns>The new one.</returns>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public TPart Create(string name, SearchSpec spec) => _entries.FirstOrDefault(entry => entry.Descriptor.Name == name) is { } found
        ? found.Create(spec)
        : throw new ArgumentException($"{what} \"{name}\" does not exist; use one of {string.Join(", ", Names)}.", nameof(name));
}

/// <summary>One line of a catalogue.</summary>
/// <typeparam name="TPart">What is made.</typeparam>
/// <param name="Descriptor">Name, traits and options.</param>
/// <param name="Create">Makes one for a specification.</param>
internal sealed record CatalogEntry<TPart>(AlgorithmDescriptor Descriptor, Func<SearchSpec, TPart> Create);
