global using System.Collections.Immutable;
global using SearchCluster.Search.Searches;
