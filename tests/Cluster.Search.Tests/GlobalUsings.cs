global using System.Collections.Immutable;
global using SearchCluster.Search.Sampling;
global using SearchCluster.Search.Scheduling;
global using SearchCluster.Search.Searches;
